import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@lijian/config'

/** Development keys of this data directory, made once. What the environment gives wins and is not stored. */
export interface Secrets {
  postgresPassword: string
  tokenKey: string
  drawKey: string
}

export function loadSecrets(dataDir: string, env: Environment): Secrets {
  const stored = readSecrets(dataDir) ?? writeSecrets(dataDir)
  return {
    postgresPassword: stored.postgresPassword,
    tokenKey: env['LIJIAN_TOKEN_KEY'] || stored.tokenKey,
    drawKey: env['LIJIAN_DRAW_KEY'] || stored.drawKey,
  }
}

const fileOf = (dataDir: string) => join(dataDir, 'secrets.json')

function readSecrets(dataDir: string): Secrets | undefined {
  const file = fileOf(dataDir)
  if (!existsSync(file)) return undefined
  const { postgresPassword, tokenKey, drawKey } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>
  // Made anew they would not fit the tokens and the password already in the data, so a person decides.
  if (!postgresPassword || !tokenKey || !drawKey)
    throw new Error(`${file} is damaged: restore it, or remove the data with ./lijian reset`)
  return { postgresPassword, tokenKey, drawKey }
}

function writeSecrets(dataDir: string): Secrets {
  const secrets: Secrets = {
    postgresPassword: randomBytes(18).toString('base64url'),
    tokenKey: randomBytes(32).toString('hex'),
    drawKey: randomBytes(32).toString('hex'),
  }
  mkdirSync(dataDir, { recursive: true })
  const file = fileOf(dataDir)
  const temporary = `${file}.${process.pid}`
  writeFileSync(temporary, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(temporary, file)
  return secrets
}
