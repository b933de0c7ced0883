import type { RoutingDocument } from '@lijian/contracts/routing'
import { CounterBook } from '@lijian/limits'
import fc from 'fast-check'
import { compileRouting } from './compile'
import { routingWarnings } from './warnings'
import { selectRoute } from './select'
import type { RoutePayment } from './types'
import { anyRouting, MERCHANTS } from './testing'

const CARDS = [undefined, 'ICBC', 'CCB'].flatMap((issuer) =>
  ['unionpay', 'visa'].flatMap((scheme) =>
    [undefined, 'debit', 'credit', 'prepaid'].map((cardType) => ({ issuer, cardType, scheme })),
  ),
)
const PLACES = ['440305', '310000'].flatMap((region) => ['5812', '5411'].map((industry) => ({ region, industry })))
/** Every kind of hour and amount that the documents tell apart. */
const CLOCKS = ['00:00', '02:00', '07:00', '09:00', '12:00', '14:00', '20:00']
const AMOUNTS = [1, 100, 500, 1000, 1001, 2000, 5000, 8000, 20_000, 20_001]

type Asked = Partial<RoutePayment> & { clock: string }
function server(document: RoutingDocument) {
  const routing = compileRouting(document, 1)
  const zone = document.timeZone === 'UTC' ? 'Z' : '+08:00'
  const times = new Map(CLOCKS.map((clock) => [clock, Date.parse(`2026-11-25T${clock}:00${zone}`)]))
  return ({ clock, ...rest }: Asked): boolean => {
    const atMs = times.get(clock) ?? Date.parse(`2026-11-25T${clock}:00${zone}`)
    const payment = {
      client: 'T',
      serial: 'S',
      merchant: 'M1',
      method: 'wechat',
      type: 'qr',
      amountFen: 1,
      ...rest,
      atMs,
    }
    return selectRoute(routing, payment, { counters: new CounterBook(), drawKey: Buffer.alloc(32) }).route !== undefined
  }
}

/** Proofs name the first five routes that they hold for. */
const merchantsOf = (proof: Readonly<Record<string, unknown>>) =>
  (proof['routes'] as string[]).map((route) => route.split(' ')[0]!)

/** Documents none of whose channels takes every card. */
const withCards = anyRouting.map((document) => ({
  ...document,
  channels: document.channels.map((channel) => ({
    ...channel,
    cards: channel.cards ?? [{ issuer: 'ICBC', cardType: 'debit' as const, costPpm: 1 }],
  })),
}))

test('every proof holds: what a warning says nobody takes, nobody takes, with whatever card at whatever place', () => {
  const met = new Map<string, number>()
  fc.assert(
    fc.property(
      fc.oneof(anyRouting, withCards),
      fc.constantFrom(...PLACES),
      fc.constantFrom(...CARDS),
      (document, place, card) => {
        const mayServe = server(document)
        const none = (merchant: string, clock: string, amountFen: number, more: Partial<RoutePayment> = {}) => {
          const asked = { merchant, clock, amountFen, ...place, ...card, ...more }
          if (mayServe(asked)) throw new Error(`served: ${JSON.stringify(asked)}`)
        }
        for (const { code, proof } of routingWarnings(document)) {
          met.set(code, (met.get(code) ?? 0) + 1)
          if (code === 'hours_gap')
            for (const merchant of merchantsOf(proof))
              for (const [from] of proof['gaps'] as [string, string][])
                for (const amountFen of AMOUNTS) none(merchant, from, amountFen)
          if (code === 'amount_gap')
            for (const merchant of merchantsOf(proof))
              for (const { fromFen, toFen } of proof['gaps'] as { fromFen: number; toFen: number | null }[])
                for (const clock of CLOCKS)
                  for (const amountFen of [fromFen, toFen ?? 1_000_000_000]) none(merchant, clock, amountFen)
          if (code === 'card_not_supported')
            for (const merchant of merchantsOf(proof))
              for (const one of proof['cards'] as { issuer?: string; cardType: string }[])
                for (const clock of CLOCKS) none(merchant, clock, 1000, { issuer: 'OTHER', scheme: undefined, ...one })
          if (code === 'unreachable_mid') {
            const exclude = document.mids.map((mid) => mid.code).filter((mid) => mid !== proof['mid'])
            for (const merchant of MERCHANTS)
              for (const clock of CLOCKS) for (const amountFen of AMOUNTS) none(merchant, clock, amountFen, { exclude })
          }
        }
      },
    ),
    { numRuns: 150, unbiased: true },
  )
  for (const code of ['hours_gap', 'amount_gap', 'card_not_supported', 'unreachable_mid'])
    expect([code, (met.get(code) ?? 0) > 0]).toEqual([code, true])
})

test('what no warning names can be reached: some payment gets every other MID', () => {
  let reached = 0
  const withoutRatios = anyRouting.map((document) => ({
    ...document,
    pools: document.pools.map(({ minCreditMinusDebit: _, maxCreditPpm: __, ratioFrom: ___, ...pool }) => pool),
  }))
  fc.assert(
    fc.property(withoutRatios, (document) => {
      const named = new Set(
        routingWarnings(document).flatMap(({ code, proof }) => (code === 'unreachable_mid' ? [proof['mid']] : [])),
      )
      const mayServe = server(document)
      const all = document.mids.map(({ code }) => code)
      for (const { code, status, allowedMerchants = MERCHANTS } of document.mids) {
        if (named.has(code) || status === 'suspended') continue
        const exclude = all.filter((other) => other !== code)
        const some = allowedMerchants.some((merchant) =>
          CLOCKS.some((clock) =>
            AMOUNTS.some((amountFen) =>
              PLACES.some((place) =>
                CARDS.some((card) => mayServe({ merchant, clock, amountFen, exclude, ...place, ...card })),
              ),
            ),
          ),
        )
        expect([code, some]).toEqual([code, true])
        reached++
      }
    }),
    { numRuns: 60, unbiased: true },
  )
  expect(reached).toBeGreaterThan(100)
})
