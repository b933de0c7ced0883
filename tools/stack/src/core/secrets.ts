import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@lijian/config'

/** Development keys of this data directory, made once. What the environment gives wins and is not stored. */
export interface Secrets {
  postgresPassword: string
  /** Of the login of api and worker. */
  appPassword: string
  tokenKey: string
  drawKey: string
  accountKey: string
  clearingSignKey: string
}

export function loadSecrets(dataDir: string, env: Environment): Secrets {
  const stored = readSecrets(dataDir) ?? writeSecrets(dataDir)
  return {
    postgresPassword: stored.postgresPassword,
    appPassword: stored.appPassword,
    tokenKey: env['LIJIAN_TOKEN_KEY'] || stored.tokenKey,
    drawKey: env['LIJIAN_DRAW_KEY'] || stored.drawKey,
    accountKey: env['LIJIAN_ACCOUNT_KEY'] || stored.accountKey,
    clearingSignKey: env['LIJIAN_CLEARING_SIGN_KEY'] || stored.clearingSignKey,
  }
}

const fileOf = (dataDir: string) => join(dataDir, 'secrets.json')

function readSecrets(dataDir: string): Secrets | undefined {
  const file = fileOf(dataDir)
  if (!existsSync(file)) return undefined
  const found = JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>
  const { postgresPassword, tokenKey, drawKey } = found
  // Made anew they would not fit the tokens and the password already in the data, so a person decides.
  if (!postgresPassword || !tokenKey || !drawKey)
    throw new Error(`${file} is damaged: restore it, or remove the data with ./lijian reset`)
  // These came later: where they are missing nothing is encrypted or signed with them, and the migrations set the password.
  const isWhole = found.accountKey && found.appPassword && found.clearingSignKey
  return isWhole ? (found as Secrets) : writeSecrets(dataDir, found)
}

const newPassword = () => randomBytes(18).toString('base64url')

function writeSecrets(dataDir: string, kept: Partial<Secrets> = {}): Secrets {
  const secrets: Secrets = {
    postgresPassword: newPassword(),
    appPassword: newPassword(),
    tokenKey: randomBytes(32).toString('hex'),
    drawKey: randomBytes(32).toString('hex'),
    accountKey: randomBytes(32).toString('hex'),
    clearingSignKey: randomBytes(32).toString('hex'),
    ...kept,
  }
  mkdirSync(dataDir, { recursive: true })
  const file = fileOf(dataDir)
  const temporary = `${file}.${process.pid}`
  writeFileSync(temporary, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  if (Object.keys(kept).length > 0) renameSync(temporary, file)
  else if (!linkedAs(file, temporary)) return readSecrets(dataDir) ?? secrets
  return secrets
}

/** Two that start at once agree on the secrets of the first. */
function linkedAs(file: string, temporary: string): boolean {
  try {
    linkSync(temporary, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(temporary)
  }
}
