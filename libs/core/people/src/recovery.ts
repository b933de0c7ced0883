import { whoIs, type ProposalKind } from '@lijian/approvals'
import { recoveryRequest, type RecoveryRequest } from '@lijian/contracts/people'
import { LijianError } from '@lijian/contracts/system'
import type { PoolClient } from 'pg'
import { endSessions, lockPerson } from './persons'
import { parsed } from './reading'

/** For a lost authenticator: password, authenticator, sessions and tokens are void; a new code of enrolment can be fetched. Its subject is the login. */
export const recoveryKind: ProposalKind<RecoveryRequest> = {
  replaces: true,
  read: async (_db, _login, request) => parsed(recoveryRequest, request),
  check: async (db, { subject, maker }) => {
    await mustBeActive(db, subject)
    await mustNotBeOwn(db, subject, maker)
  },
  apply: async (db, { subject }, checker) => {
    await mustBeActive(db, subject)
    await mustNotBeOwn(db, subject, checker)
    const own = '(SELECT id FROM person WHERE login = $1)'
    await db.query(`DELETE FROM person_password WHERE person = ${own}`, [subject])
    await db.query(`DELETE FROM person_totp WHERE person = ${own}`, [subject])
    await db.query(
      `UPDATE api_key SET revoked_at = now() WHERE person = ${own} AND client IS NULL AND revoked_at IS NULL`,
      [subject],
    )
    await db.query(`UPDATE enrolment SET used_at = now() WHERE for_person = ${own} AND used_at IS NULL`, [subject])
    await endSessions(db, subject, 'the account is recovered')
  },
}

async function mustBeActive(db: PoolClient, subject: string): Promise<void> {
  const person = await lockPerson(db, subject)
  if (person === null) throw new LijianError('not_found', `There is no person ${subject}`)
  if (person.status !== 'active') throw new LijianError('state_conflict', `${subject} is disabled`)
}

async function mustNotBeOwn(db: PoolClient, subject: string, actor: string): Promise<void> {
  const { person } = await whoIs(db, actor)
  const { rowCount } = await db.query('SELECT FROM person WHERE id = $1 AND login = $2', [person, subject])
  if (rowCount !== 0) throw new LijianError('forbidden', 'Two others recover an account')
}
