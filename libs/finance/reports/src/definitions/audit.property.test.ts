import type { ReportParameters } from '@lijian/contracts/finance'
import { LIMITS, steadyClient } from '@lijian/database'
import { putRows, testDatabase, type TableRows } from '@lijian/testing'
import fc from 'fast-check'
import { Pool } from 'pg'
import type { ReportRow } from '../definition'
import { ReportPages } from '../pages'
import { CANARIES, inOrder, isWithin, toSecond, wholeReport, ZONE } from '../testing/whole-section'
import { auditReport } from './audit'

interface Approval {
  source: string
  entry: string
  kind: string
  subject: string
  maker: string
  made_at: string
  checker: string
  checked_at: string | null
  state: string
  reason: string
}

const DAY_MS = 86_400_000
const START_MS = Date.parse('2026-03-01T00:00:00Z')
const atMs = fc.oneof(
  fc.integer({ min: 0, max: 6 * DAY_MS }),
  // Many in the same second, and at the edges of dates.
  fc.tuple(fc.nat(6), fc.integer({ min: -2, max: 999 })).map(([day, ms]) => day * DAY_MS - 8 * 3_600_000 + ms),
)
const instant = atMs.map((ms) => new Date(START_MS + ms).toISOString())
const later = fc.record({ at: instant, after: fc.integer({ min: 0, max: 3 * DAY_MS }) })
const words = fc.oneof(fc.constantFrom(...CANARIES), fc.constantFrom('CCB', '建行', 'a'))
const actor = fc.constantFrom('k-maker', 'k-checker', '=k')
const scopes = fc.subarray(['campaigns.make', 'campaigns.check', 'funding.make', 'funding.check', 'read', 'admin'], { minLength: 1 }) // prettier-ignore
const numbered = <Row extends object>(rows: Row[]) => rows.map((row, i) => ({ id: i + 1, ...row }))
const plus = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString()

const worlds = fc
  .record({
    changes: fc.array(fc.record({ kind: fc.constantFrom('campaign', 'merchant', 'client'), code: words, changed_at: instant }), { maxLength: 30 }), // prettier-ignore
    versions: fc.array(fc.record({ code: words, when: later, approved: fc.boolean() }), { maxLength: 15 }),
    routings: fc.array(instant, { maxLength: 5 }),
    stops: fc.uniqueArray(fc.record({ ref: words, by: actor, at: instant, resumed: fc.boolean() }), { maxLength: 8, selector: ({ ref }) => ref }), // prettier-ignore
    keys: fc.array(fc.record({ name: words, scopes, when: later, revoked: fc.boolean() }), { maxLength: 12 }),
    proposals: fc.array(
      fc.record({ kind: fc.constantFrom('receipt', 'collection', 'x'), subject: words, reason: words, when: later, state: fc.constantFrom('proposed', 'approved', 'rejected', 'withdrawn') }), // prettier-ignore
      { maxLength: 20 },
    ),
    cases: fc.array(
      fc.record({ merchant: words, when: later, reason: words, state: fc.constantFrom('waiting_explanation', 'waiting_review', 'reopened', 'kept_suspended') }), // prettier-ignore
      { maxLength: 8 },
    ),
    accesses: fc.array(fc.record({ act: fc.constantFrom('link', 'download', 'deliver'), actor, at: instant }), { maxLength: 20 }), // prettier-ignore
  })
  .map(tablesOf)

interface Drawn {
  changes: { kind: string; code: string; changed_at: string }[]
  versions: { code: string; when: { at: string; after: number }; approved: boolean }[]
  routings: string[]
  stops: { ref: string; by: string; at: string; resumed: boolean }[]
  keys: { name: string; scopes: string[]; when: { at: string; after: number }; revoked: boolean }[]
  proposals: { kind: string; subject: string; reason: string; when: { at: string; after: number }; state: string }[]
  cases: { merchant: string; when: { at: string; after: number }; reason: string; state: string }[]
  accesses: { act: string; actor: string; at: string }[]
}

function tablesOf({ changes, versions, routings, stops, keys, proposals, cases, accesses }: Drawn): TableRows {
  const run = { kind: 'merchant', parameters: {}, format: 'xlsx', language: 'zh', encoding: 'utf-8', request_hash: 'h', state: 'queued' } // prettier-ignore
  const stopped = stops.map(({ resumed, ref, by, at }) => ({ resumed, ref, by, at }))
  return {
    config_change: numbered(changes),
    campaign: [...new Set(versions.map(({ code }) => code))].map((code) => ({ code, latest_version: 1 })),
    campaign_version: versions.map(({ code, when: { at, after }, approved }, i) => ({
      ...{ code, version: i + 1, document: {}, state: approved ? 'approved' : 'not_approved', maker: 'k-maker' },
      ...{ checker: approved ? 'k-checker' : null, created_at: at, approved_at: approved ? plus(at, after) : null },
    })),
    routing_version: routings.map((at, i) => ({ version: i + 1, document: {}, maker: '=k', created_at: at })),
    suspension: stopped.filter(({ resumed }) => !resumed).map(({ ref, by, at }) => ({ ref, suspended_by: by, suspended_at: at })), // prettier-ignore
    resumption: stopped.filter(({ resumed }) => resumed).map(({ ref, by, at }) => ({ ref, resumed_by: by, resumed_at: at })), // prettier-ignore
    client: [{ code: 'ops', name: CANARIES[0], may_omit_paid: false, created_at: '2026-01-01T00:00:00Z' }],
    api_key: keys.map(({ name, scopes: held, when: { at, after }, revoked }, i) => ({
      ...{ id: `k-${i}`, client: 'ops', name, hash: `secret-hash-${i}`, scopes: held, created_at: at },
      revoked_at: revoked ? plus(at, after) : null,
    })),
    proposal: numbered(
      proposals.map(({ when: { at, after }, state, reason, ...rest }) => {
        const decided = state === 'approved' || state === 'rejected'
        return {
          ...{ ...rest, body: {}, hash: 'h', version: 1, state, maker: 'k-maker', made_at: at },
          ...{ checker: decided ? 'k-checker' : null, checked_at: decided ? plus(at, after) : null },
          reason: state === 'rejected' ? reason : null,
        }
      }),
    ),
    card_usage_case: numbered(
      cases.map(({ merchant, when: { at, after }, reason, state }, i) => ({
        ...{
          merchant: `${merchant} ${i}`,
          method: 'qr',
          parents: [],
          state,
          version: 1,
          period: '2026-03',
          threshold: 2,
        },
        ...{ cards: 1, remind_hours: 1, history: [], opened_at: at },
        explanation: { file: 'f', by: 'k-maker', at },
        decision:
          state === 'waiting_review'
            ? null
            : { by: 'k-checker', at: plus(at, after), ...(state === 'reopened' ? {} : { reason }) },
      })),
    ),
    report_run: [
      { id: 1, ...run, data_version: 'd1', requested_by: 'k-finance', requested_at: plus('2026-03-01', 0), attempt: 0, due_at: plus('2026-03-01', 0), cancel_requested: false, rows_written: 0 }, // prettier-ignore
    ],
    report_access: numbered(accesses.map((one) => ({ run: 1, ...one }))),
  }
}

const texts = (row: Record<string, unknown>, key: string) => (row[key] ?? '') as string
const orNull = (row: Record<string, unknown>, key: string) => (row[key] ?? null) as string | null

/** All that takes two people, whenever it was. */
function approvalsOf(world: TableRows): Approval[] {
  return [
    ...world['proposal']!.map((row) => ({
      ...{ source: 'proposal', entry: String(row['id']), kind: texts(row, 'kind'), subject: texts(row, 'subject') },
      ...{ maker: texts(row, 'maker'), made_at: texts(row, 'made_at'), checker: texts(row, 'checker') },
      ...{ checked_at: orNull(row, 'checked_at'), state: texts(row, 'state'), reason: texts(row, 'reason') },
    })),
    ...world['campaign_version']!.map((row) => ({
      ...{ source: 'campaign_version', entry: `${texts(row, 'code')} ${String(row['version'])}`, kind: 'campaign' },
      ...{ subject: texts(row, 'code'), maker: texts(row, 'maker'), made_at: texts(row, 'created_at') },
      ...{ checker: texts(row, 'checker'), checked_at: orNull(row, 'approved_at'), state: texts(row, 'state') },
      reason: '',
    })),
    ...world['card_usage_case']!.map((row) => {
      const explanation = row['explanation'] as { by: string; at: string }
      const decision = row['decision'] as { by: string; at: string; reason?: string } | null
      return {
        ...{ source: 'card_usage_case', entry: String(row['id']), kind: 'card_usage_case' },
        ...{ subject: `${texts(row, 'merchant')} qr`, maker: explanation.by, made_at: explanation.at },
        ...{ checker: decision?.by ?? '', checked_at: decision?.at ?? null, state: texts(row, 'state') },
        reason: decision?.reason ?? '',
      }
    }),
  ]
}

const secondsOf = ({ made_at, checked_at }: Approval) =>
  checked_at === null ? null : Math.floor((Date.parse(checked_at) - Date.parse(made_at)) / 1000)

function reference(world: TableRows, asked: ReportParameters): Record<string, ReportRow[]> {
  const within = (at: unknown) => isWithin((at ?? null) as string | null, asked)
  const change = (
    at: unknown,
    source: string,
    entry: unknown,
    kind: unknown,
    subject: unknown,
    version: unknown,
    actor: unknown,
  ) =>
    // prettier-ignore
    ({ at, source, entry: String(entry), kind, subject, version, actor }) as ReportRow
  const changes = [
    ...world['config_change']!.map((row) => change(row['changed_at'], 'config_change', row['id'], row['kind'], row['code'], null, '')), // prettier-ignore
    ...world['campaign_version']!.map((row) => change(row['created_at'], 'campaign_version', `${String(row['code'])} ${String(row['version'])}`, 'campaign', row['code'], row['version'], row['maker'])), // prettier-ignore
    ...world['routing_version']!.map((row) => change(row['created_at'], 'routing_version', row['version'], 'routing', '', row['version'], row['maker'])), // prettier-ignore
    ...world['suspension']!.map((row) => change(row['suspended_at'], 'suspension', row['ref'], 'suspended', row['ref'], null, row['suspended_by'])), // prettier-ignore
    ...world['resumption']!.map((row) => change(row['resumed_at'], 'resumption', row['ref'], 'resumed', row['ref'], null, row['resumed_by'])), // prettier-ignore
    ...world['api_key']!.map((row) => change(row['created_at'], 'api_key', row['id'], 'key_made', row['id'], null, '')),
    ...world['api_key']!.map((row) => change(row['revoked_at'], 'api_key', row['id'], 'key_revoked', row['id'], null, '')), // prettier-ignore
  ]
    .filter(({ at }) => within(at))
    .map((row) => ({ ...row, at: toSecond(row['at'] as string) }))
  const approvals = approvalsOf(world).filter(({ made_at, checked_at }) => within(made_at) || within(checked_at))
  const kinds = [...new Set(approvals.map(({ kind }) => kind))]
  return {
    changes,
    approvals: approvals.map(({ reason: _, ...row }) => ({
      ...row,
      ...{ made_at: toSecond(row.made_at), checked_at: toSecond(row.checked_at) },
      seconds: secondsOf({ ...row, reason: '' }),
    })),
    times: kinds.map((kind) => {
      const all = approvals.filter((one) => one.kind === kind).map(secondsOf)
      const decided = all.filter((one) => one !== null)
      const sum = decided.reduce((total, one) => total + one, 0)
      return {
        ...{ kind, decided: decided.length, waiting: all.length - decided.length },
        mean_seconds: decided.length === 0 ? null : Math.floor(sum / decided.length),
        longest_seconds: decided.length === 0 ? null : Math.max(...decided),
      }
    }),
    refusals: approvals
      .filter(
        ({ checked_at, source, state }) =>
        within(checked_at) && (source === 'card_usage_case' ? state !== 'reopened' : state === 'rejected'), // prettier-ignore
      )
      .map(({ source, entry, kind, subject, maker, checker, checked_at, reason }) => ({
        ...{ at: toSecond(checked_at), source, entry, kind, subject, maker, checker, reason },
      })),
    keys: world['api_key']!.filter(({ created_at, revoked_at }) => {
      const [first, end] = [Date.parse(`${asked.from}T00:00:00+08:00`), Date.parse(`${asked.to}T00:00:00+08:00`) + DAY_MS] // prettier-ignore
      return Date.parse(created_at as string) < end && (revoked_at === null || Date.parse(revoked_at as string) >= first) // prettier-ignore
    }).map((row) => {
      const held = row['scopes'] as string[]
      return {
        ...{ key: texts(row, 'id'), name: texts(row, 'name'), client: 'ops', client_name: CANARIES[0]! },
        scopes: [...held].sort().join(' '),
        both_hands: ['campaigns', 'funding'].some((of) => held.includes(`${of}.make`) && held.includes(`${of}.check`)),
        ...{ created_at: toSecond(texts(row, 'created_at')), revoked_at: toSecond(orNull(row, 'revoked_at')) },
      }
    }),
    accesses: world['report_access']!.filter(({ at }) => within(at)).map((row) => ({
      ...{ at: toSecond(texts(row, 'at')), entry: row['id'] as number, act: texts(row, 'act') },
      ...{ actor: texts(row, 'actor'), run: 1, report: 'merchant', format: 'xlsx', requested_by: 'k-finance' },
    })),
  }
}

const ranges = fc.constantFrom<ReportParameters>(
  { from: '2026-03-02', to: '2026-03-02' },
  { from: '2026-03-01', to: '2026-03-04' },
  { from: '2026-02-01', to: '2026-04-30' },
)

test('every section is what a slow reference makes of the raw rows, and no row tells a hash', async () => {
  const { url, drop } = await testDatabase()
  const pool = new Pool({ connectionString: url, max: 2 })
  const sql = steadyClient(url, { name: 'test' }, LIMITS.work)
  await sql.connect()
  const pages = new ReportPages(pool, ZONE)
  let rows = 0
  try {
    await fc.assert(
      fc.asyncProperty(worlds, ranges, async (world, asked) => {
        await putRows(sql, world)
        const found = await wholeReport(pages, 'audit', asked)
        const expected = reference(world, asked)
        for (const { section, keys, sums } of auditReport.sections) {
          expect([section, found[section]!.rows]).toEqual([section, inOrder(expected[section]!, keys)])
          const [totals = {}] = found[section]!.totals
          for (const key of sums)
            expect(totals[key]).toBe(expected[section]!.reduce((sum, row) => sum + Number(row[key]), 0))
          rows += found[section]!.rows.length
        }
        expect(JSON.stringify(found)).not.toContain('secret-hash')
      }),
      { numRuns: 60 },
    )
  } finally {
    await Promise.all([pool.end(), sql.end()])
    await drop()
  }
  expect(rows).toBeGreaterThan(500)
}, 300_000)
