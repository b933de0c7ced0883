import { inCurrency } from '@lijian/contracts/money'
import { freezeBusinessDay, sealBusinessDay, type JournalDetail } from '@lijian/database'
import { grantPosting, returnPosting } from '@lijian/ledger'
import fc from 'fast-check'
import type { Pool } from 'pg'

export interface WorldOffer {
  campaign: string
  code: string
  name: string
  kind: 'amount' | 'fee'
  delivery: 'instant' | 'rebate'
  mode: 'prepay' | 'postpay'
  funders: { partner: string; fen: number }[]
}

/** What happened to money, or did not. */
export interface WorldEvent {
  date: string
  event: 'capture' | 'void' | 'reversal' | 'refund' | 'failed' | 'unfunded'
  serial: string
  originalSerial: string
  merchant: string
  currency: string
  method: string
  amountFen: number
  offers: WorldOffer[]
}

/** Business dates with what happened on them; those up to `sealedTo` are sealed in the end, each before merchants get their names of the next. */
export interface World {
  events: WorldEvent[]
  sealedTo: string | undefined
  /** By date and merchant; a merchant without a name has no document. */
  names: Record<string, Record<string, string>>
}

export const DATES = ['2025-03-03', '2025-03-04', '2025-03-05', '2025-03-06', '2025-03-07', '2025-03-08']
export const WORLD_MERCHANTS = ['M1', 'M2', 'M3', '=M4']
/** Texts that a sheet or page might take for more than text. */
export const CANARIES = [
  '=1+1',
  '@SUM(A1)',
  '<b>满100减15</b>',
  '"quoted", 老街',
  '-2+3',
  '&amp;',
  "'; DROP TABLE journal",
]

const date = fc.constantFrom(...DATES)
const fen = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 5000 }) },
)

const offer = (currency: string): fc.Arbitrary<WorldOffer> =>
  fc
    .record({
      campaign: fc.constantFrom('C1', 'C2', '=C3'),
      code: fc.constantFrom('O1', 'O2'),
      name: fc.constantFrom(...CANARIES),
      kind: fc.constantFrom('amount' as const, 'fee' as const),
      delivery: fc.constantFrom('instant' as const, 'rebate' as const),
      mode: fc.constantFrom('prepay' as const, 'postpay' as const),
      funders: fc.uniqueArray(
        fc.record({ partner: fc.constantFrom(...(currency === 'CNY' ? ['CCB', 'ZIBO'] : ['YB']), '@merchant'), fen }),
        { minLength: 1, maxLength: 2, selector: ({ partner }) => partner },
      ),
    })
    .map((one) => (one.kind === 'fee' ? { ...one, delivery: 'instant' as const } : one))

const payment = fc.constantFrom('CNY', 'CNY', 'JPY').chain((currency) =>
  fc.record({
    currency: fc.constant(currency),
    date,
    merchant: fc.constantFrom(...WORLD_MERCHANTS),
    method: fc.constantFrom('wechat', 'bankcard', ''),
    amountFen: fc.integer({ min: 1, max: 1_000_000 }),
    offers: fc.uniqueArray(offer(currency), {
      minLength: 1,
      maxLength: 3,
      selector: ({ campaign, code }) => `${campaign}/${code}`,
    }),
    ends: fc.constantFrom('kept', 'kept', 'kept', 'refunded', 'refunded', 'void', 'reversal', 'failed', 'unfunded', 'failed first'), // prettier-ignore
    later: date,
    parts: fc.integer({ min: 1, max: 3 }),
  }),
)

type Payment = typeof payment extends fc.Arbitrary<infer P> ? P : never

function eventsOf({ ends, later, parts, date: first, ...rest }: Payment, i: number): WorldEvent[] {
  const base = { ...rest, serial: `S${i}`, originalSerial: '' }
  const second = later < first ? first : later
  const come = { ...base, originalSerial: base.serial, date: second }
  switch (ends) {
    case 'failed':
    case 'unfunded':
      return [{ ...base, date: first, event: ends }]
    case 'failed first':
      return [
        { ...base, date: first, event: 'failed' },
        { ...base, date: second, event: 'capture' },
      ]
    case 'void':
    case 'reversal':
      return [
        { ...base, date: first, event: 'capture' },
        { ...come, serial: `S${i}-X`, event: ends },
      ]
    case 'refunded':
      return [
        { ...base, date: first, event: 'capture' },
        ...Array.from({ length: parts }, (_, part): WorldEvent => {
          const partOf = (whole: number) => (part < parts - 1 ? Math.floor(whole / parts) : whole - (parts - 1) * Math.floor(whole / parts)) // prettier-ignore
          const given = base.offers.map((one) => ({
            ...one,
            funders: one.funders.map((funder) => ({ ...funder, fen: partOf(funder.fen) })),
          }))
          return {
            ...come,
            serial: `S${i}-R${part}`,
            event: 'refund',
            amountFen: partOf(base.amountFen),
            offers: given.filter(({ funders }) => funders.some((funder) => funder.fen > 0)),
          }
        }),
      ]
    default:
      return [{ ...base, date: first, event: 'capture' }]
  }
}

export const anyWorld: fc.Arbitrary<World> = fc
  .record({
    payments: fc.array(payment, { minLength: 5, maxLength: 40 }),
    sealedTo: fc.option(date, { nil: undefined }),
    names: fc.array(
      fc.array(fc.option(fc.constantFrom(...CANARIES, '老街面馆'), { nil: undefined }), { minLength: 4, maxLength: 4 }),
      { minLength: DATES.length + 1, maxLength: DATES.length + 1 },
    ),
  })
  .map(({ payments, sealedTo, names }) => {
    const known: Record<string, string> = {}
    const byDate = [...DATES, 'now'].map((day, d) => {
      // A document is never taken away again.
      WORLD_MERCHANTS.forEach((merchant, m) => {
        if (names[d]![m] !== undefined) known[merchant] = names[d]![m]
      })
      return [day, { ...known }] as const
    })
    return { events: payments.flatMap(eventsOf), sealedTo, names: Object.fromEntries(byDate) }
  })

export const sumOf = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
export const givenBy = ({ funders }: WorldOffer): number => sumOf(funders.map(({ fen: share }) => share))

const detailOf = ({ date: day, currency, amountFen, method, offers }: WorldEvent): JournalDetail => {
  const discountFen = sumOf(offers.filter(({ kind, delivery }) => kind === 'amount' && delivery === 'instant').map(givenBy)) // prettier-ignore
  const feeSavedFen = sumOf(offers.filter(({ kind }) => kind === 'fee').map(givenBy))
  return {
    ...(currency === 'CNY' ? {} : { currency }),
    ...{ amountFen, payableFen: amountFen - discountFen, discountFen },
    ...{ feeOriginalFen: feeSavedFen, feeFinalFen: 0, feeSavedFen },
    paymentMethod: method,
    at: `${day}T04:00:00.000Z`,
    offers: offers.map(({ mode, funders, ...one }) => ({
      ...one,
      version: 1,
      paymentMode: mode,
      discountFen: givenBy({ ...one, mode, funders }),
      funders: funders.map(({ partner, fen: share }) => ({ partner, amountFen: share })),
    })),
  }
}

/** As `apply` writes it. */
async function write(pool: Pool, one: WorldEvent): Promise<void> {
  const { date: day, event, serial, originalSerial, merchant, currency } = one
  const detail = detailOf(one)
  const clearingSystem = inCurrency('main', currency)
  if (event === 'failed' || event === 'unfunded') {
    await pool.query(
      `INSERT INTO unposted_result (business_date, event, client, serial, merchant, clearing_system, detail) VALUES ($1, $2, 'till', $3, $4, $5, $6)`,
      [day, event, serial, merchant, clearingSystem, JSON.stringify(detail)],
    )
    return
  }
  const { accounts, amountsFen } = (event === 'capture' ? grantPosting : returnPosting)(
    merchant,
    detail.offers,
    currency,
  )
  await pool.query(
    `INSERT INTO journal (business_date, event, client, serial, original_serial, merchant, clearing_system, detail, accounts, amounts_fen)
     VALUES ($1, $2, 'till', $3, $4, $5, $6, $7, $8, $9)`,
    [
      day,
      event,
      serial,
      originalSerial || null,
      merchant,
      clearingSystem,
      JSON.stringify(detail),
      accounts,
      amountsFen,
    ],
  )
}

const RULE = { timeZone: 'Asia/Shanghai', cutOff: '24:00' }

export async function build(pool: Pool, { events, sealedTo, names }: World): Promise<void> {
  for (const day of [...DATES, 'now']) {
    for (const [merchant, name] of Object.entries(names[day]!))
      await pool.query(
        `INSERT INTO merchant (id, document, updated_by) VALUES ($1, $2, 'm') ON CONFLICT (id) DO UPDATE SET document = $2`,
        [merchant, JSON.stringify({ id: merchant, name, region: name.slice(0, 2) })],
      )
    for (const one of events.filter((event) => event.date === day)) await write(pool, one)
    if (sealedTo === undefined || day > sealedTo) continue
    await freezeBusinessDay(pool, day, RULE)
    await sealBusinessDay(pool, day)
  }
}
