import { makeKeyPerson } from '@lijian/identity'
import { dataSource } from '@lijian/database'
import { until } from '@lijian/testing'
import { Client } from 'pg'
import { SCOPES, type Answer, type TestApi, type WithKey } from './test-api'

export interface Waiting {
  id: number
  hash: string
}

/** One kind of proposals, as its door is used. */
export interface KindUnderTest {
  /** Who makes and who checks; absent: the maker and the checker. */
  people?: readonly [maker: WithKey, checker: WithKey]
  /** As the maker: another change with each number. */
  propose(n: number): Promise<Waiting>
  /** What stands, as somebody reads it; nothing of it differs before the approval. */
  standing(): Promise<unknown>
  /** What it changes from changes behind its back; absent: it changes nothing that stands. */
  changeBehind?(sql: Client): Promise<unknown>
}

/** Both bounds of every kind: nothing is in force before another person has approved what was shown, and once it is approved it is, once. */
export function twoPeopleTests(api: () => TestApi, kind: () => KindUnderTest): void {
  const people = () => kind().people ?? (['maker', 'checker'] as const)
  const decide = (who: 'maker' | 'checker', what: 'approve' | 'reject', { id, hash }: Waiting): Promise<Answer> =>
    api().ask(people()[who === 'maker' ? 0 : 1], 'POST', `/v1/proposals/${id}/${what}`, {
      hash,
      ...(what === 'reject' ? { reason: 'not so' } : {}),
    })
  const withSql = async <Result>(work: (sql: Client) => Promise<Result>): Promise<Result> => {
    const sql = new Client({ connectionString: api().url })
    await sql.connect()
    return work(sql).finally(() => sql.end())
  }
  const waits = async (n: number) => {
    const before = await kind().standing()
    const waiting = await kind().propose(n)
    expect(await kind().standing()).toEqual(before)
    return { waiting, before }
  }
  const refused = async (answer: Promise<Answer>, code: string, before: unknown) => {
    expect((await answer).body).toMatchObject({ code })
    expect(await kind().standing()).toEqual(before)
  }

  test('nobody approves alone: not under a second key either, not without what was seen', async () => {
    const { waiting, before } = await waits(1)
    // Where the maker's key may check at all.
    expect(['maker_is_checker', 'forbidden']).toContain((await decide('maker', 'approve', waiting)).body['code'])
    const source = await dataSource(api().url).initialize()
    const scopes = [...new Set(people().flatMap((one) => SCOPES[one]))]
    const { key } = await makeKeyPerson(source, { client: 'people', login: people()[0], name: 'second', scopes })
    await source.destroy()
    const headers = { authorization: `Bearer ${key}` }
    const { id, hash } = waiting
    const again = () => api().ask('nobody', 'POST', `/v1/proposals/${id}/approve`, { hash }, headers)
    // The process learns of the key by itself.
    await until(async () => (await again()).status !== 401)
    await refused(again(), 'maker_is_checker', before)
    await refused(decide('checker', 'approve', { ...waiting, hash: '0'.repeat(64) }), 'changed_since', before)
  })

  test('two approvals at once have one effect, and later ones the same answer', async () => {
    const { waiting, before } = await waits(2)
    const answers = await Promise.all([1, 2].map(() => decide('checker', 'approve', waiting)))
    expect(answers.map(({ status, body }) => [status, body['state']])).toEqual([1, 2].map(() => [200, 'approved']))
    const after = await kind().standing()
    expect(after).not.toEqual(before)
    expect((await decide('checker', 'approve', waiting)).body).toMatchObject({ state: 'approved' })
    expect(await kind().standing()).toEqual(after)
  })

  test('rejected, taken back, expired: nothing is left of it', async () => {
    const rejected = await waits(3)
    expect((await decide('checker', 'reject', rejected.waiting)).body).toMatchObject({ state: 'rejected' })
    await refused(decide('checker', 'approve', rejected.waiting), 'state_conflict', rejected.before)
    const back = await waits(4)
    await api().ask(people()[0], 'POST', `/v1/proposals/${back.waiting.id}/withdraw`)
    await refused(decide('checker', 'approve', back.waiting), 'proposal_withdrawn', back.before)
    const late = await waits(5)
    await withSql((sql) => sql.query(`UPDATE proposal SET expires_at = now() WHERE id = $1`, [late.waiting.id]))
    await refused(decide('checker', 'approve', late.waiting), 'proposal_expired', late.before)
  })

  test('what has changed since it was shown is not approved', async () => {
    const { changeBehind } = kind()
    if (changeBehind === undefined) return
    const waiting = await kind().propose(6)
    await withSql(changeBehind)
    const before = await kind().standing()
    await refused(decide('checker', 'approve', waiting), 'changed_since', before)
  })
}
