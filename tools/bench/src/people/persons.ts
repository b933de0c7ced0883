import { createHash, randomBytes } from 'node:crypto'
import { Accounts, makeEnrolment, Sessions } from '@lijian/identity'
import { derivedKeyId } from '@lijian/config'
import { KeyList, onlyKey, Sealer } from '@lijian/privacy'
import { Secret, TOTP } from 'otpauth'
import { Pool } from 'pg'

export const PASSWORD = 'correct horse 42'
const browser = { address: '127.0.0.1', agent: 'bench' }

export interface Person {
  login: string
  /** What the authenticator shows now. */
  code: () => string
}

/** With an authenticator each. `accountKey`: of the api that they sign in to. */
export async function makePersons(databaseUrl: string, accountKey: string, count: number): Promise<Person[]> {
  const pool = new Pool({ connectionString: databaseUrl, max: 4 })
  const key = Buffer.from(accountKey, 'hex')
  // The api gives a key without a name this one.
  const sealer = new Sealer(new KeyList(onlyKey(key, derivedKeyId(key)), Date.now), () => randomBytes(12))
  const sessions = new Sessions(pool)
  const accounts = new Accounts(pool, { sessions, sealer, nowMs: Date.now })
  const persons: Person[] = []
  try {
    for (let n = 0; n < count; n++) {
      const login = `bench.${createHash('sha256').update(String(n)).digest('hex').slice(0, 12)}`
      const { code: enrolment } = await makeEnrolment(pool, ['operator'])
      const token = await accounts.enrol({ enrolment, login, name: 'Bench', password: PASSWORD }, browser)
      const me = (await sessions.find(token))!
      const totp = new TOTP({ secret: Secret.fromBase32((await accounts.beginTotp(me)).secret) })
      await accounts.confirmTotp(me, totp.generate(), browser)
      persons.push({ login, code: () => totp.generate() })
    }
    return persons
  } finally {
    await pool.end()
  }
}
