import type { ReportParameters } from '@lijian/contracts/finance'
import { testDatabase } from '@lijian/testing'
import fc from 'fast-check'
import { Pool } from 'pg'
import type { ReportDefinition, ReportRow } from '../definition'
import { datesBefore } from '../payments'
import { differences, firstRows, totalsOf, withSnapshot } from '../reading'
import { anyWorld, build, DATES, sumOf, type World } from '../testing/payment-world'
import { asked, distinct, figuresOf, grouped, inOrder, inRange } from '../testing/slow-payments'
import { merchantReport } from './merchant'
import { partnerTransactionsReport } from './partner-transactions'

const free = <T extends string>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 })
const anyParameters = fc
  .record({
    dates: fc.uniqueArray(fc.constantFrom(...DATES), { minLength: 2, maxLength: 2 }),
    merchant: free('M1', '=M4'),
    campaign: free('C1', '=C3'),
    offer: free('O1'),
    method: free('wechat'),
    currency: free('CNY', 'JPY'),
    partner: free('CCB', 'YB', 'ZIBO'),
  })
  .map(({ dates, ...rest }) => {
    const [from, to] = [...dates].sort() as [string, string]
    return Object.fromEntries(
      Object.entries({ from, to, ...rest }).filter(([, value]) => value !== undefined),
    ) as unknown as ReportParameters
  })

/** Sections in groups: by what, and what a row has beside its figures. */
type Group = ReturnType<typeof grouped>[number]
type More = (group: Group, world: World, parameters: ReportParameters) => ReportRow
const took = ({ seen }: Group) => seen.filter(({ event }) => event === 'capture')
const campaignsOf = (group: Group) =>
  distinct(took(group).flatMap(({ parts }) => parts.map(({ offer }) => offer.campaign)))
const isOpen = ({ sealedTo }: World, date: string) => sealedTo === undefined || date > sealedTo
/** As at the last seal of the merchant in the range; today's while one of its dates is open. */
function nameOf(merchant: string, { events, ...world }: World, { from, to }: ReportParameters): string | undefined {
  if (isOpen({ events, ...world }, to) && world.names['now']![merchant] !== undefined)
    return world.names['now']![merchant]
  const sealed = events
    .filter(
      (event) =>
        event.merchant === merchant && inRange(event, { from, to }) && !isOpen({ events, ...world }, event.date),
    )
    .map(({ date }) => date)
    .sort()
  return sealed.length === 0 ? undefined : world.names[sealed.at(-1)!]![merchant]
}
const named: More = ({ key }, world, parameters) => ({
  merchant_name: nameOf(key['merchant']!, world, parameters) ?? '',
})
const offerName: More = ({ seen }) => {
  const last = seen
    .map(({ date }) => date)
    .sort()
    .at(-1)
  const names = seen.filter(({ date }) => date === last).flatMap(({ parts }) => parts.map(({ offer }) => offer.name))
  return { offer_name: names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))[0]! }
}
const merchants: More = (group) => ({ merchants: distinct(took(group).map(({ merchant }) => merchant)) })
const none: More = () => ({})

const GROUPED: Record<string, Record<string, { by: string[]; more: More; compared: boolean }>> = {
  merchant: {
    days: { by: ['date'], more: (...a) => ({ ...merchants(...a), campaigns: campaignsOf(a[0]) }), compared: false },
    merchants: {
      by: ['merchant'],
      more: (...a) => ({
        ...named(...a),
        region: (nameOf(a[0].key['merchant']!, a[1], a[2]) ?? '').slice(0, 2),
        days: distinct(took(a[0]).map(({ date }) => date)),
        campaigns: campaignsOf(a[0]),
      }),
      compared: true,
    },
    'merchant-days': { by: ['date', 'merchant'], more: named, compared: false },
    campaigns: { by: ['campaign'], more: merchants, compared: true },
    offers: { by: ['campaign', 'offer'], more: offerName, compared: true },
    methods: { by: ['method'], more: none, compared: true },
    partners: { by: ['partner'], more: none, compared: true },
  },
  'partner-transactions': {
    merchants: { by: ['merchant'], more: named, compared: false },
    days: { by: ['date'], more: none, compared: false },
    campaigns: { by: ['campaign', 'offer'], more: offerName, compared: false },
  },
}

function compared(group: Group, all: Group[], before: Group[]): ReportRow {
  const amount = (of: Group) => figuresOf(of.seen)['amount']!
  const same = before.find(({ key }) => JSON.stringify(key) === JSON.stringify(group.key))
  const was = same === undefined ? 0 : amount(same)
  const rivals = all.filter(({ key }) => key['currency'] === group.key['currency'])
  return {
    place: 1 + rivals.filter((rival) => amount(rival) > amount(group)).length,
    amount_before: was,
    // PostgreSQL rounds a half away from 0.
    change: was === 0 ? null : halfAway(((amount(group) - was) * 1_000_000) / was),
  }
}
const halfAway = (value: number) => Math.sign(value) * Math.round(Math.abs(value))

function detailsOf(
  world: World,
  parameters: ReportParameters,
  wanted: (event: string, mode?: string) => boolean,
): ReportRow[] {
  return asked(world, parameters)
    .filter((event) => inRange(event, parameters))
    .flatMap((event): ReportRow[] => {
      const sign = event.event === 'capture' ? 1 : event.event === 'failed' || event.event === 'unfunded' ? 0 : -1
      const parts = event.parts.filter(({ offer }) => wanted(event.event, offer.mode))
      const shown = parts.length > 0 ? parts : wanted(event.event) && event.parts.length === 0 ? [undefined] : []
      return shown.map((part, i) => {
        const give = (is: boolean) => (part !== undefined && is && sign === 1 ? part.fen : 0)
        const rebate = part?.offer.delivery === 'rebate' && part.offer.kind === 'amount'
        return {
          ...{
            date: event.date,
            event: event.event,
            part: i + 1,
            serial: event.serial,
            original_serial: event.originalSerial,
          },
          ...{
            merchant: event.merchant,
            currency: event.currency,
            method: event.method,
            at: `${event.date}T04:00:00Z`,
          },
          merchant_name:
            (isOpen(world, event.date) ? world.names['now'] : world.names[event.date])![event.merchant] ?? '',
          ...{
            campaign: part?.offer.campaign ?? '',
            offer: part?.offer.code ?? '',
            offer_name: part?.offer.name ?? '',
          },
          amount: i === 0 && sign === 1 ? event.amountFen : 0,
          discount: give(part?.offer.kind === 'amount' && !rebate),
          fee_saved: give(part?.offer.kind === 'fee'),
          rebate: give(rebate),
          returned: i === 0 && sign === -1 ? event.amountFen : 0,
          gifts_returned: sign === -1 ? (part?.fen ?? 0) : 0,
          net: (part?.fen ?? 0) * sign || 0,
          failed_amount: i === 0 && event.event === 'failed' ? event.amountFen : 0,
          unfunded_amount: i === 0 && event.event === 'unfunded' ? event.amountFen : 0,
          unfunded_gifts: event.event === 'unfunded' ? (part?.fen ?? 0) : 0,
          mode: part?.offer.mode ?? '',
        }
      })
    })
}
const DETAILS: Record<string, (event: string, mode?: string) => boolean> = {
  details: () => true,
  postpay: (event, mode) => event !== 'failed' && event !== 'unfunded' && mode === 'postpay',
  prepay: (event, mode) => event !== 'failed' && event !== 'unfunded' && mode === 'prepay',
  'not-posted': (event) => event === 'failed' || event === 'unfunded',
}

async function check(
  pool: Pool,
  definition: ReportDefinition,
  world: World,
  parameters: ReportParameters,
): Promise<void> {
  const ask = { parameters, timeZone: 'Asia/Shanghai' }
  const seen = asked(world, parameters)
  await withSnapshot(pool, { definition, ask, signal: new AbortController().signal }, async (db) => {
    expect(await differences(db, definition, ask)).toEqual([])
    let whole: ReportRow[] = []
    for (const section of definition.sections) {
      const rows = await firstRows(db, section, ask, 100_000)
      const keys = section.columns.map(({ key }) => key)
      const how = GROUPED[definition.kind]![section.section]
      let expected: ReportRow[]
      if (how === undefined) {
        expected = inOrder(detailsOf(world, parameters, DETAILS[section.section]!), ['serial', 'event', 'part'])
        const shown = inOrder(rows, ['serial', 'event', 'part'])
        for (const row of shown) expect(row).toMatchObject({ client: 'till', entry: expect.any(Number) })
        const only = (row: ReportRow) => Object.fromEntries(keys.filter((key) => key !== 'entry' && key !== 'client').map((key) => [key, row[key]!])) // prettier-ignore
        expect(shown.map(only)).toEqual(expected.map((row) => only(row)))
      } else {
        const by = [...how.by, 'currency']
        const groups = grouped(
          seen.filter((event) => inRange(event, parameters)),
          by,
        )
        const before = grouped(
          seen.filter((event) => inRange(event, datesBefore(parameters))),
          by,
        )
        expected = groups.map((group) => ({
          ...group.key,
          ...how.more(group, world, parameters),
          ...figuresOf(group.seen),
          ...(how.compared ? compared(group, groups, before) : {}),
        }))
        const only = (row: ReportRow) => Object.fromEntries(keys.map((key) => [key, row[key]!]))
        expect(rows.map(only)).toEqual(inOrder(expected, section.keys).map(only))
      }
      const totals = await totalsOf(db, section, ask)
      if (section.section === 'days') whole = totals
      if (section.section === 'details')
        for (const total of totals)
          expect(whole.find(({ currency }) => currency === total['currency'])).toMatchObject(total)
      for (const total of totals)
        for (const key of section.sums)
          expect([section.section, key, Number(total[key])]).toEqual([section.section, key, sumOf(rows.filter(({ currency }) => currency === total['currency']).map((row) => Number(row[key])))]) // prettier-ignore
    }
  })
}

test('every figure of merchants and of partners is what a slow count of a random world says, sealed or open', async () => {
  await fc.assert(
    fc.asyncProperty(anyWorld, fc.array(anyParameters, { minLength: 2, maxLength: 4 }), async (world, asks) => {
      const { url, drop } = await testDatabase()
      const pool = new Pool({ connectionString: url, max: 2 })
      pool.on('error', () => undefined)
      try {
        await build(pool, world)
        const all = { from: DATES[0]!, to: DATES.at(-1)! }
        await check(pool, merchantReport, world, all)
        for (const parameters of asks) {
          await check(pool, merchantReport, world, parameters)
          await check(pool, partnerTransactionsReport, world, { partner: 'CCB', ...parameters })
        }
      } finally {
        await pool.end()
        await drop()
      }
    }),
    { numRuns: 12 },
  )
}, 600_000)
