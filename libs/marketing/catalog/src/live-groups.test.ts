import { dataSource, writeGroupPages, type GroupKind } from '@lijian/database'
import { fingerprintsOf, pagesOf, type CardGroupMembers, type TokenMembers } from '@lijian/rules'
import { testDatabase } from '@lijian/testing'
import type { DataSource, EntityManager } from 'typeorm'
import { LiveGroups } from './live-groups'

let source: DataSource
let drop: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  source = await dataSource(database.url, { poolSize: 2 }).initialize()
})
afterAll(async () => {
  await source.destroy()
  await drop()
})

const tokens = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `token-number-${from + i}`)
let version = 0

async function store(
  kind: GroupKind,
  code: string,
  members: readonly string[],
  bins: readonly string[] = [],
): Promise<void> {
  version += 1
  await source.transaction(async (manager) => {
    await writeGroupPages(manager, kind, code, version, pagesOf(fingerprintsOf(members)))
    const columns = kind === 'card_group' ? [', bins', `, '{${bins.join()}}'`, `, bins = excluded.bins`] : ['', '', '']
    await manager.query(
      `INSERT INTO ${kind} (code, updated_by, members_version, member_count${columns[0]}) VALUES ($1, 'm', $2, $3${columns[1]})
       ON CONFLICT (code) DO UPDATE SET members_version = excluded.members_version, member_count = excluded.member_count${columns[2]}`,
      [code, version, members.length],
    )
  })
}

const all = (groups: LiveGroups) => [...groups.cardGroups({ tested: [], indexed: [] }), ...groups.customerGroups([])]
const membersOf = (groups: LiveGroups, code: string): TokenMembers => {
  const group = all(groups).find((one) => one.code === code)!
  return ('cards' in group ? group.cards : group.customers) as TokenMembers
}

test('what was read serves only when it is applied, in the places that offers were compiled with', async () => {
  const groups = new LiveGroups()
  const [place] = groups.cardGroups({ tested: ['LATER'], indexed: [] }) as [CardGroupMembers & { cards: TokenMembers }]
  await store('card_group', 'LATER', tokens(0, 20_000))
  const pending = await groups.read(source, [{ kind: 'card_group', code: 'LATER' }])
  expect([pending.mustCompile, place.cards.size, place.cards.has('token-number-5')]).toEqual([false, 0, false])
  pending.apply()
  expect([place.cards.size, place.cards.has('token-number-5'), place.cards.has('token-number-20000')]).toEqual([
    20_000,
    true,
    false,
  ])
  await store('card_group', 'LATER', tokens(10_000, 30_000))
  const next = await groups.read(source, [{ kind: 'card_group', code: 'LATER' }])
  expect(place.cards.has('token-number-5')).toBe(true)
  next.apply()
  expect([place.cards.has('token-number-5'), place.cards.has('token-number-29999')]).toEqual([false, true])
})

test.each`
  _case                                   | indexed  | before                    | after                | mustCompile
  ${'other tokens'}                       | ${true}  | ${[['a', 'b'], ['6222']]} | ${[['c'], ['6222']]} | ${false}
  ${'other prefixes'}                     | ${false} | ${[['a'], ['6222']]}      | ${[['a'], ['6223']]} | ${true}
  ${'the first token, found by prefixes'} | ${true}  | ${[[], ['6222']]}         | ${[['a'], ['6222']]} | ${true}
  ${'the first token, in a whitelist'}    | ${false} | ${[[], ['6222']]}         | ${[['a'], ['6222']]} | ${false}
`('$_case: mustCompile is $mustCompile', async ({ indexed, before, after, mustCompile }: ShapeCase) => {
  const code = `G${version}`
  const groups = new LiveGroups()
  groups.cardGroups(indexed ? { tested: [], indexed: [code] } : { tested: [code], indexed: [] })
  await store('card_group', code, ...before)
  ;(await groups.read(source, [{ kind: 'card_group', code }])).apply()
  await store('card_group', code, ...after)
  expect((await groups.read(source, [{ kind: 'card_group', code }])).mustCompile).toBe(mustCompile)
})
interface ShapeCase {
  indexed: boolean
  /** Tokens and prefixes. */
  before: [string[], string[]]
  after: [string[], string[]]
  mustCompile: boolean
}

/** The same database, but after the first pages somebody else commits. */
function interrupted(by: () => Promise<void>): DataSource {
  const transaction = (isolation: 'REPEATABLE READ', run: (manager: EntityManager) => Promise<unknown>) =>
    source.transaction(isolation, (manager) => {
      const query = manager.query.bind(manager) as (...given: unknown[]) => Promise<unknown>
      let pages = 0
      manager.query = (async (text: string, values: unknown[]) => {
        const rows = await query(text, values)
        if (text.includes('group_page') && ++pages === 1) await by()
        return rows
      }) as typeof manager.query
      return run(manager)
    })
  return { transaction } as unknown as DataSource
}

test('an import that commits while a group is read is not mixed with what was there', async () => {
  await store('customer_group', 'MIX', tokens(0, 50_000))
  const groups = new LiveGroups()
  const changed = [{ kind: 'customer_group' as const, code: 'MIX' }]
  const meanwhile = interrupted(() => store('customer_group', 'MIX', tokens(50_000, 100_000)))
  ;(await groups.read(meanwhile, changed)).apply()
  const has = () => [0, 49_999, 50_000, 99_999].map((n) => membersOf(groups, 'MIX').has(`token-number-${n}`))
  expect(has()).toEqual([true, true, false, false])
  ;(await groups.read(source, changed)).apply()
  expect(has()).toEqual([false, false, true, true])
})
