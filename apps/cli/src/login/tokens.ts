import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

const stored = z.object({ id: z.string(), token: z.string(), login: z.string(), expiresAt: z.string().optional() })
export type StoredToken = z.infer<typeof stored>
const file = z.record(z.string(), stored)

const folder = () => join(process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'lijian')
/** Of one user, whatever clone the command is from. */
export const tokensFile = (): string => join(folder(), 'tokens.json')

/** The token that `./lijian login` has stored for this server. */
export function storedToken(url: string): StoredToken | undefined {
  return readTokens()[originOf(url)]
}

/** In place of one that there is; undefined takes it away. */
export function storeToken(url: string, token: StoredToken | undefined): void {
  const { [originOf(url)]: _before, ...others } = readTokens()
  const all = token === undefined ? others : { ...others, [originOf(url)]: token }
  mkdirSync(folder(), { recursive: true, mode: 0o700 })
  // Never readable by others, not even for a moment: made so under another name, then renamed.
  const temporary = `${tokensFile()}.${process.pid}`
  writeFileSync(temporary, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 })
  chmodSync(temporary, 0o600)
  renameSync(temporary, tokensFile())
}

function readTokens(): Record<string, StoredToken> {
  let text: string
  try {
    text = readFileSync(tokensFile(), 'utf8')
  } catch {
    return {}
  }
  try {
    return file.parse(JSON.parse(text))
  } catch {
    throw new Error(`${tokensFile()}: expected what ./lijian login has written; remove it and sign in again`)
  }
}

/** localhost and 127.0.0.1 are the same server to whoever types them. */
function originOf(url: string): string {
  const { protocol, hostname, port } = new URL(url)
  const host = hostname === 'localhost' ? '127.0.0.1' : hostname
  return `${protocol}//${host}:${port || (protocol === 'https:' ? '443' : '80')}`
}
