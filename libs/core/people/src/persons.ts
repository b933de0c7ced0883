import { whoIs, type ProposalKind } from '@lijian/approvals'
import { login, personChange, type PersonLine } from '@lijian/contracts/people'
import { LijianError } from '@lijian/contracts/system'
import { insertPerson, mustBeHoldable } from '@lijian/identity'
import type { PoolClient } from 'pg'
import { z } from 'zod'
import { parsed, setOf, type Db } from './reading'

export type PersonBody = Omit<PersonLine, 'id'>

/** What a maker says about a new person, or about one that is there. */
const said = z.strictObject({
  ...personChange.shape,
  login: login.optional(),
  status: personChange.shape.status.optional(),
  language: personChange.shape.language.optional(),
})

/** Its subject is the login: it is a person's for good, and there before the person is. */
export const personKind: ProposalKind<PersonBody> = {
  replaces: true,
  read: async (db, subject, request) => {
    const { name, branch, roles, status = 'active', language } = parsed(said, request)
    const stands = await readPerson(db, subject)
    return {
      login: subject,
      name,
      branch,
      roles: setOf(roles),
      status,
      language: language ?? stands?.language ?? 'zh-CN',
    }
  },
  before: lockPerson,
  branch: async (_db, _login, { branch }) => branch,
  check: async (db, { body, maker }) => {
    await mustBeGood(db, body)
    await mustNotBeOwn(db, body, maker)
  },
  apply: async (db, { body, maker }, checker) => {
    await mustBeGood(db, body)
    await mustNotBeOwn(db, body, maker)
    await mustNotBeOwn(db, body, checker)
    const { name, branch, roles, status, language } = body
    if ((await lockPerson(db, body.login)) === null) {
      const id = await insertPerson(db, body)
      await db.query('UPDATE person SET status = $2, language = $3 WHERE id = $1', [id, status, language])
    } else
      await db.query(
        'UPDATE person SET name = $2, branch = $3, roles = $4, status = $5, language = $6 WHERE login = $1',
        [body.login, name, branch, roles, status, language],
      )
    if (status === 'disabled') await endSessions(db, body.login, 'the person was disabled')
  },
}

async function readPerson(db: Db, subject: string): Promise<PersonBody | null> {
  const { rows } = await db.query<PersonBody>(
    'SELECT login, name, branch, roles, status, language FROM person WHERE login = $1',
    [subject],
  )
  return rows[0] === undefined ? null : { ...rows[0], roles: setOf(rows[0].roles) }
}

export async function lockPerson(db: Db, subject: string): Promise<PersonBody | null> {
  await db.query('SELECT FROM person WHERE login = $1 FOR UPDATE', [subject])
  return readPerson(db, subject)
}

/** Throws LijianError invalid_request, not_found. */
async function mustBeGood(db: PoolClient, { branch, roles }: PersonBody): Promise<void> {
  // What these roles may not be beside stays as it is until this one is through.
  await db.query('SELECT FROM role WHERE code = ANY ($1) ORDER BY code FOR UPDATE', [roles])
  await mustBeHoldable(db, roles)
  const { rowCount } = await db.query('SELECT FROM branch WHERE code = $1', [branch])
  if (rowCount === 0) throw new LijianError('not_found', 'There is no such branch: GET /v1/branches has them')
}

/** Name and language are one's own to say; what one may do and see is said by two others. */
async function mustNotBeOwn(db: PoolClient, body: PersonBody, actor: string): Promise<void> {
  const { person } = await whoIs(db, actor)
  const { rows } = await db.query<PersonBody>('SELECT branch, roles, status FROM person WHERE id = $1 AND login = $2', [
    person,
    body.login,
  ])
  const own = rows[0]
  if (own === undefined) return
  const isSame =
    own.branch === body.branch && own.status === body.status && setOf(own.roles).join() === body.roles.join()
  if (!isSame)
    throw new LijianError('forbidden', 'Nobody makes or approves a change of their own roles, branch or status')
}

export async function endSessions(db: Db, subject: string, because: string): Promise<void> {
  await db.query(
    `UPDATE session SET ended_at = now(), ended_because = $2
     WHERE person = (SELECT id FROM person WHERE login = $1) AND ended_at IS NULL`,
    [subject, because],
  )
}
