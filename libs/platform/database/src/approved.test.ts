import { APPROVAL_KIND_NAMES } from '@lijian/contracts/people'
import { testDatabase, type TestDatabase } from '@lijian/testing'
import { Client } from 'pg'
import { EFFECTS, STANDING } from './testing/approved-effects'

/**
 * Somebody with the application's login tries to bring about what two people decide, kind by kind (security review, S17): alone, and beside an
 * approval of something else. With the approval it happens.
 */

let database: TestDatabase
let app: Client
beforeAll(async () => {
  database = await testDatabase()
  app = new Client({ connectionString: database.appUrl })
  await app.connect()
  const owner = new Client({ connectionString: database.url })
  await owner.connect()
  await owner.query(STANDING)
  await owner.end()
})
afterAll(async () => {
  await app.end()
  await database.drop()
})

const kinds = Object.entries(EFFECTS).flatMap(([kind, effect]) =>
  typeof effect === 'string' ? [] : [[kind, effect] as const],
)
const forgeries = kinds.flatMap(([kind, effect]) => effect.sql.map((sql) => [kind, sql, effect] as const))

/** In a database transaction that is undone: after two people have agreed, as the API writes it. */
async function beside(approval: { kind: string; subject: string; body: object } | undefined, ...sql: string[]) {
  await app.query('BEGIN')
  try {
    if (approval !== undefined) {
      const { kind, subject, body } = approval
      await app.query(
        `WITH made AS (INSERT INTO proposal (kind, subject, body, hash, maker, maker_person) VALUES ($1, $2, $3, 'h', 'm', 'pm') RETURNING id)
         INSERT INTO proposal_decision (proposal, person, hash, decision, actor) SELECT id, 'pc', 'h', 'approved', 'c' FROM made`,
        [kind, subject, JSON.stringify(body)],
      )
      await app.query(
        `UPDATE proposal SET state = 'approved', checker = 'c', checked_at = now() WHERE id = (SELECT max(id) FROM proposal)`,
      )
    }
    for (const one of sql) await app.query(one)
  } finally {
    await app.query('ROLLBACK')
  }
}

test('every kind of decision is tried, or known to have no effect of its own', () => {
  expect(Object.keys(EFFECTS).sort()).toEqual([...APPROVAL_KIND_NAMES].sort())
})

test.each(forgeries)(
  '%s: without an approval, beside another one, and beside one of something else: %s',
  async (kind, sql, effect) => {
    const refused = { code: '42501', message: expect.stringContaining('approval of two people') }
    await expect(beside(undefined, sql)).rejects.toMatchObject(refused)
    await expect(beside({ ...effect, kind: 'shared_pool' }, sql)).rejects.toMatchObject(refused)
    await expect(beside({ kind, subject: 'other', body: {} }, sql)).rejects.toMatchObject(refused)
  },
)

test.each(kinds)('%s: with its approval it happens', async (kind, effect) => {
  await beside({ ...effect, kind }, ...effect.sql)
})

test('an approval of yesterday opens nothing, and so does one that too few have given', async () => {
  const resume = `DELETE FROM suspension WHERE ref = 'A'`
  await app.query(
    `INSERT INTO proposal (kind, subject, body, hash, maker, needs) VALUES ('resume', 'A', '{}', 'h', 'm', 1)`,
  )
  const approve = (at: string) =>
    app.query(`UPDATE proposal SET state = 'approved', checker = 'c', checked_at = ${at} WHERE state = 'proposed'`)
  const refused = { code: '42501', message: expect.stringContaining('fewer people than it needs') }
  await expect(approve('now()')).rejects.toMatchObject(refused)
  const say = (person: string) =>
    app.query(
      `INSERT INTO proposal_decision (proposal, person, hash, decision, actor) SELECT max(id), $1, 'h', 'approved', 'c' FROM proposal`,
      [person],
    )
  await say('m')
  await expect(approve('now()')).rejects.toMatchObject(refused)
  await say('pc')
  await expect(approve(`now() + interval '1 hour'`)).rejects.toMatchObject(refused)
  await approve('now()')
  await expect(app.query(resume)).rejects.toMatchObject({ code: '42501' })
})

test.each`
  forgery                                  | sql
  ${'a campaign that begins as approved'}  | ${`INSERT INTO campaign_version (code, version, document, state, maker, checker) VALUES ('A', 3, '{}', 'approved', 'm', 'c')`}
  ${'a live campaign'}                     | ${`INSERT INTO campaign (code, live_version, latest_version) VALUES ('B', 1, 1)`}
  ${'an earlier version of a campaign'}    | ${`UPDATE campaign SET live_version = NULL WHERE code = 'A'`}
  ${'a template in the name of a release'} | ${`UPDATE rule_template_version SET state = 'approved', checker = '@release', approved_at = now() WHERE code = 'T'`}
  ${'a partner'}                           | ${`INSERT INTO partner (code, name) VALUES ('X', 'X')`}
  ${'another payout account'}              | ${`UPDATE partner SET payout_account = '{"sealed": "x"}' WHERE code = 'CCB'`}
  ${'a person'}                            | ${`INSERT INTO person (id, login, name, branch, roles) VALUES ('p9', 'x', 'x', 'head-office', '{administrator}')`}
  ${'another login'}                       | ${`UPDATE person SET login = 'mine' WHERE id = 'p1'`}
  ${'a person of an identity provider'}    | ${`INSERT INTO person_identity (issuer, subject, person) VALUES ('i', 's', 'p1')`}
  ${'a code for a new administrator'}      | ${`INSERT INTO enrolment (hash, roles, expires_at) VALUES ('h', '{administrator}', now() + interval '1 hour')`}
  ${'a code for somebody else'}            | ${`INSERT INTO enrolment (hash, roles, for_person, made_by, expires_at) VALUES ('h', '{}', 'p2', 'p1', now() + interval '1 hour')`}
  ${'a key that is a person’s'}            | ${`INSERT INTO api_key (id, client, person, name, hash, scopes) VALUES ('k9', 'c', 'p1', 'k', 'h9', '{read}')`}
  ${'a secret of a webhook in clear'}      | ${`UPDATE client SET webhook_secret = 'mine' WHERE code = 'c'`}
  ${'a secret of a webhook'}               | ${`UPDATE client SET webhook_sealed = 'mine' WHERE code = 'c'`}
  ${'a merchant removed'}                  | ${`DELETE FROM merchant WHERE id = 'M-1'`}
  ${'a routing document, while it waits'}  | ${`UPDATE routing_draft SET document = '{}'`}
  ${'a clearing system removed'}           | ${`DELETE FROM clearing_system`}
`('$forgery: refused', async ({ sql }: { sql: string }) => {
  await expect(beside(undefined, sql)).rejects.toMatchObject({ code: '42501' })
})

test('what one person may do needs nobody', async () => {
  await beside(
    undefined,
    `UPDATE person SET status = 'disabled' WHERE id = 'p1'`,
    `UPDATE merchant SET document = '{"name": "a", "fees": {"default":{"ppm":6000}}, "id": "M-1"}' WHERE id = 'M-1'`,
    `INSERT INTO client (code, name) VALUES ('d', 'd')`,
    `INSERT INTO api_key (id, client, name, hash, scopes) VALUES ('k3', 'd', 'k', 'h3', '{transactions,read.money}')`,
    `INSERT INTO suspension (ref, suspended_by) VALUES ('B', 'm')`,
    `UPDATE campaign SET latest_version = 3 WHERE code = 'A'`,
  )
})
