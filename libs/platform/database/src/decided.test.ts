import { testDatabase, type TestDatabase } from '@lijian/testing'
import { Client } from 'pg'

/** What somebody with the application's login tried in the security review (S17), and what is near it. */
let database: TestDatabase
let app: Client
let owner: Client
beforeAll(async () => {
  database = await testDatabase()
  app = new Client({ connectionString: database.appUrl })
  owner = new Client({ connectionString: database.url })
  await app.connect()
  await owner.connect()
  await app.query(`INSERT INTO client (code, name) VALUES ('c', 'c');
    INSERT INTO api_key (id, client, name, hash, scopes) VALUES ('k', 'c', 'k', 'h', '{read}');
    INSERT INTO campaign (code, latest_version) VALUES ('A', 2);
    INSERT INTO campaign_version (code, version, document, state, maker) VALUES ('A', 1, '{}', 'not_approved', 'm'), ('A', 2, '{}', 'not_approved', 'm');
    INSERT INTO proposal (kind, subject, body, hash, maker) VALUES ('gift', 'CCB', '{"fen": 5}', 'x', 'm'), ('gift', 'ICBC', '{"fen": 5}', 'x', 'm');
    INSERT INTO proposal_decision (proposal, person, hash, decision, actor) VALUES (1, 'p', 'x', 'approved', 'c'), (2, 'p', 'x', 'rejected', 'c');
    UPDATE proposal_decision SET decision = 'approved' WHERE proposal = 2;
    UPDATE proposal SET state = 'approved', checker = 'c', checked_at = now() WHERE id = 1`)
  await owner.query(
    `UPDATE campaign_version SET state = 'approved', checker = 'c', approved_at = now() WHERE version = 1`,
  )
})
afterAll(async () => {
  await app.end()
  await owner.end()
  await database.drop()
})

test.each`
  forgery                                 | sql
  ${'the amount of an approved proposal'} | ${`UPDATE proposal SET body = '{"fen": 999}' WHERE id = 1`}
  ${'its checker'}                        | ${`UPDATE proposal SET checker = 'innocent' WHERE id = 1`}
  ${'one that begins as approved'}        | ${`INSERT INTO proposal (kind, subject, body, hash, state, maker, checker) VALUES ('gift', 'X', '{}', 'x', 'approved', 'm', 'c')`}
  ${'opened again'}                       | ${`UPDATE proposal SET state = 'proposed', checker = NULL WHERE id = 1`}
  ${'removed'}                            | ${`DELETE FROM proposal WHERE id = 1`}
  ${'all of them'}                        | ${`TRUNCATE proposal CASCADE`}
  ${'the maker of an open one'}           | ${`UPDATE proposal SET maker = 'other' WHERE id = 2`}
  ${'what an open one is about'}          | ${`UPDATE proposal SET subject = 'XX' WHERE id = 2`}
  ${'changed as it is approved'}          | ${`UPDATE proposal SET state = 'approved', checker = 'c', body = '{"fen": 6}' WHERE id = 2`}
  ${'what somebody has said'}             | ${`UPDATE proposal_decision SET decision = 'rejected' WHERE proposal = 1`}
  ${'who has said it'}                    | ${`UPDATE proposal_decision SET person = 'q' WHERE proposal = 2`}
  ${'that it was said'}                   | ${`DELETE FROM proposal_decision WHERE proposal = 1`}
  ${'the maker of a campaign'}            | ${`UPDATE campaign_version SET maker = 'x' WHERE version = 1`}
  ${'its text'}                           | ${`UPDATE campaign_version SET document = '{"a":1}' WHERE version = 2`}
  ${'its checker, afterwards'}            | ${`UPDATE campaign_version SET checker = 'x' WHERE version = 1`}
  ${'approved no more'}                   | ${`UPDATE campaign_version SET state = 'not_approved', checker = NULL WHERE version = 1`}
  ${'a version removed'}                  | ${`DELETE FROM campaign_version WHERE version = 2`}
  ${'more scopes for a key'}              | ${`UPDATE api_key SET scopes = '{admin}' WHERE id = 'k'`}
  ${'another secret for a key'}           | ${`UPDATE api_key SET hash = 'y' WHERE id = 'k'`}
  ${'a key removed'}                      | ${`DELETE FROM api_key WHERE id = 'k'`}
`('as the application’s login, refused: $forgery', async ({ sql }: { sql: string }) => {
  await expect(app.query(sql)).rejects.toMatchObject({ code: '42501' })
})

test('a key that was revoked stays so', async () => {
  await app.query(`UPDATE api_key SET revoked_at = now() WHERE id = 'k'`)
  await expect(app.query(`UPDATE api_key SET revoked_at = NULL WHERE id = 'k'`)).rejects.toMatchObject({
    code: '42501',
  })
})

test('a decided proposal is nobody’s to change, its owner’s neither', async () => {
  for (const sql of [
    `UPDATE proposal SET checker = 'x' WHERE id = 1`,
    `DELETE FROM proposal WHERE id = 1`,
    `UPDATE proposal_decision SET actor = 'x' WHERE proposal = 1`,
  ])
    await expect(owner.query(sql)).rejects.toThrow('is decided')
})

test('what is decided stands in the chain of the audit, with its hash', async () => {
  const { rows } = await owner.query(
    `SELECT diff, after_hash IS NOT NULL AS hashed FROM audit_event WHERE subject_kind = 'proposal' AND subject = '1' ORDER BY id`,
  )
  expect(rows).toMatchObject([
    { hashed: true, diff: { hash: { after: 'x' } } },
    { hashed: true, diff: { state: { before: 'proposed', after: 'approved' }, checker: { after: 'c' } } },
  ])
})
