import { CatalogService } from '@lijian/catalog'
import type { ImportMode } from '@lijian/contracts/marketing'
import { inTransaction } from '@lijian/database'
import { testDatabase } from '@lijian/testing'
import fc from 'fast-check'
import { setImmediate } from 'node:timers/promises'
import { Pool } from 'pg'
import { MerchantGroupDocuments } from './merchant-groups'
import { listed, lockGroup } from './versions'

let pool: Pool
let catalogs: CatalogService[]
let drop: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase()
  pool = new Pool({ connectionString: database.url })
  catalogs = [0, 1].map(() => new CatalogService({ databaseUrl: database.url, drawKey: Buffer.alloc(32) }))
  for (const catalog of catalogs) await catalog.start()
  drop = () => database.drop()
}, 60_000)
afterAll(async () => {
  for (const catalog of catalogs) await catalog.stop()
  await pool.end()
  await drop()
})

const MERCHANTS = Array.from({ length: 12 }, (_, n) => `M-${n}`)
const anyChange = fc.record({
  group: fc.constantFrom('A', 'B'),
  mode: fc.constantFrom<ImportMode>('replace', 'add', 'remove'),
  merchants: fc.subarray(MERCHANTS),
})

/** What a change makes of plain sets. */
function after(before: ReadonlySet<string>, mode: ImportMode, merchants: readonly string[]): Set<string> {
  if (mode === 'replace') return new Set(merchants)
  if (mode === 'add') return new Set([...before, ...merchants])
  return new Set([...before].filter((merchant) => !merchants.includes(merchant)))
}

const seenBy = ({ merchantGroups: groups }: CatalogService, group: string): string =>
  MERCHANTS.filter((merchant) => groups.has(merchant, groups.number(group))).join()

test('after any changes two processes have what plain sets say, and neither ever has half of a version', async () => {
  const documents = new MerchantGroupDocuments(pool)
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyChange, { minLength: 1, maxLength: 8 }), async (changes) => {
      const plain = new Map<string, ReadonlySet<string>>()
      const code = (group: string) => `${group}-${run}`
      run += 1
      for (const { group, mode, merchants } of changes) {
        const before = plain.get(group) ?? new Set<string>()
        const next = after(before, mode, merchants)
        plain.set(group, next)
        const [old, wanted] = [before, next].map((set) => MERCHANTS.filter((merchant) => set.has(merchant)).join())
        const { members } = await inTransaction(
          pool,
          async (db) =>
          documents.changes.make(db, await lockGroup(db, code(group), 'm'), { mode, incoming: listed(merchants), actor: 'm' }), // prettier-ignore
        )
        expect(members).toBe(next.size)
        while (catalogs.some((catalog) => seenBy(catalog, code(group)) !== wanted)) {
          for (const catalog of catalogs) expect([old, wanted]).toContain(seenBy(catalog, code(group)))
          await setImmediate()
        }
        expect((await documents.members(code(group), { limit: 500 })).merchants).toEqual([...next].sort())
      }
    }),
    { numRuns: 25 },
  )
}, 120_000)
