import type { Campaign, FeeSchedule, Merchant, Refusal, TransactionAnswer } from '@lijian/contracts/marketing'
import { anyCampaigns, anyFees, anyPayment } from '@lijian/decisions/testing'
import { Evaluator } from '@lijian/evaluator'
import { loadBinTable } from './bin-file'
import fc from 'fast-check'
import { people } from './testing/funding'
import { testApi, type Answer, type TestApi } from './testing/test-api'

/** What the world does, one thing after the other; `of` counts back over the payments that came before. */
type Facts = typeof anyPayment extends fc.Arbitrary<infer T> ? T : never
type Deed =
  | { do: 'pay'; facts: Facts; outcome: 'success' | 'failure' }
  | { do: 'again' | 'reuse' | 'reversal' | 'void'; of: number }
  | { do: 'unknown'; kind: 'reversal' | 'void' }

const of = fc.nat({ max: 7 })
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      facts: anyPayment,
      outcome: fc.constantFrom('success' as const, 'success' as const, 'success' as const, 'failure' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('again' as const, 'reuse' as const), of }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('reversal' as const, 'void' as const), of }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('unknown' as const),
      kind: fc.constantFrom('reversal' as const, 'void' as const),
    }),
  },
)

/** A partner has one currency, so a campaign in another one has funders of its own. */
function ownPartners(campaign: Campaign): Campaign {
  if (campaign.currency === 'CNY') return campaign
  const own = <T extends { funders?: Campaign['funders'] }>(part: T): T =>
    part.funders === undefined ? part : { ...part, funders: part.funders.map(inCurrency) }
  const inCurrency = (funder: NonNullable<Campaign['funders']>[number]) =>
    funder.partner.startsWith('@') ? funder : { ...funder, partner: `${funder.partner}-${campaign.currency}` }
  return { ...own(campaign), offers: campaign.offers.map(own) }
}

interface World {
  campaigns: Campaign[]
  fees: (FeeSchedule | undefined)[]
  funds: number[]
  deeds: Deed[]
}
const anyWorld: fc.Arbitrary<World> = fc.record({
  campaigns: anyCampaigns.map((campaigns) => campaigns.map(ownPartners)),
  fees: fc.tuple(anyFees, anyFees, anyFees),
  funds: fc.tuple(fc.constantFrom(0, 3_000, 10_000_000), fc.constantFrom(0, 3_000, 10_000_000)),
  deeds: fc.array(deed, { minLength: 60, maxLength: 90 }),
})

const CARD_GROUPS = [
  { code: 'G1', bins: ['622700'], cards: [] },
  { code: 'G2', bins: ['6', '43674212'], cards: ['card-token-number-2'] },
  { code: 'G3', bins: [], cards: ['card-token-number-1'] },
]
const GROUPS = ['city']
const DRAW_KEY = Buffer.alloc(32)
const merchantsOf = ({ fees }: World): Merchant[] => [
  { id: 'M1', name: 'M1', status: 'active', mcc: '5812', region: '440305', country: 'CN', fees: fees[0] },
  { id: 'M2', name: 'M2', status: 'active', mcc: '5999', region: '310101', country: 'MO', fees: fees[1] },
  { id: 'M3', name: 'M3', status: 'active', fees: fees[2] },
]

async function live({ campaigns, funds }: World, merchants: Merchant[]): Promise<TestApi> {
  const api = await testApi({
    drawKey: DRAW_KEY,
    groups: GROUPS,
    // The streams have a week of their own; `at` may be years from now.
    clockSkewSeconds: 1_000_000_000,
  })
  const put = async (who: 'maker' | 'checker', method: string, path: string, body?: unknown) => {
    const answer = await api.agreed(who, method, path, body)
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`)
  }
  const asJson = (value: object) => JSON.parse(JSON.stringify(value)) as object
  for (const merchant of merchants) await put('maker', 'PUT', `/v1/merchants/${merchant.id}`, asJson(merchant))
  for (const group of CARD_GROUPS) await put('maker', 'PUT', `/v1/card-groups/${group.code}`, group)
  for (const [i, partner] of ['CCB', 'UP'].entries()) {
    await put('maker', 'PUT', `/v1/partners/${partner}`, { name: partner })
    const path = `/v1/partners/${partner}/credit-line`
    const line = await people(api).two(path, { creditLine: funds[i], reason: 'as the world has it' })
    if (line.status >= 300) throw new Error(`${path}: ${JSON.stringify(line.body)}`)
  }
  for (const partner of ['CCB-USD', 'UP-USD'])
    await put('maker', 'PUT', `/v1/partners/${partner}`, { name: partner, currency: 'USD' })
  for (const campaign of campaigns) {
    await put('maker', 'PUT', `/v1/campaigns/${campaign.code}`, campaign)
    await put('checker', 'POST', `/v1/campaigns/${campaign.code}/approve`)
  }
  return api
}

const offline = ({ campaigns, funds }: World, merchants: Merchant[]): Evaluator =>
  new Evaluator({
    campaigns,
    merchants,
    cardGroups: CARD_GROUPS,
    balances: new Map([
      ['CCB', funds[0]!],
      ['UP', funds[1]!],
    ]),
    drawKey: DRAW_KEY,
    groupOrder: GROUPS,
    bins: loadBinTable(),
    explain: true,
    client: 'system',
  })

/** The body of POST /v1/transactions; what the merchant's document says stays there. */
function bodyOf(
  { cardToken, cardDigits, amountFen, eligibleFen, customerToken, atMs, ...facts }: Facts,
  serial: string,
) {
  const { client: _, serial: __, merchantMcc: ___, merchantRegion: ____, merchantCountry: _____, ...rest } = facts
  const body = {
    ...rest,
    serial,
    amount: amountFen,
    eligibleAmount: eligibleFen,
    card: cardToken === undefined ? undefined : { token: cardToken, bin: cardDigits },
    customer: customerToken,
    at: new Date(atMs).toISOString(),
  }
  return JSON.parse(JSON.stringify(body)) as { serial: string; merchant: string; amount: number; at: string }
}
type Body = ReturnType<typeof bodyOf>

/** A hold counts like a use: offline there is nothing between the two. */
const reasonOf = ({ usedAmount, heldAmount, usedCount, heldCount, ...rest }: Refusal) => ({
  ...rest,
  takenAmount: (usedAmount ?? 0) + (heldAmount ?? 0),
  takenCount: (usedCount ?? 0) + (heldCount ?? 0),
})

/** What both say: no serial of ours, no hold time, no date of a file. */
function said(answer: Partial<TransactionAnswer> & { kind?: string; originalSerial?: string }) {
  const { marketingSerial: _, holdExpiresAt: __, businessDate: ___, kind: ____, reasons = [], ...rest } = answer
  return { ...rest, reasons: reasons.map(reasonOf) }
}
const bodyAs = <T>(answer: Answer): T => answer.body as T

class Run {
  readonly met = new Set<string>()
  private readonly paid: { body: Body; outcome: 'success' | 'failure'; held: boolean }[] = []
  private n = 0

  constructor(
    private readonly api: TestApi,
    private readonly file: Evaluator,
  ) {}

  async act(one: Deed): Promise<void> {
    this.n += 1
    if (one.do === 'pay') return this.pay(bodyOf(one.facts, `S${this.n}`), one.outcome)
    if (one.do === 'unknown') return this.unknown(one.kind)
    const earlier = this.paid.at(-1 - one.of)
    if (earlier === undefined) return
    if (one.do === 'again') return this.pay(earlier.body, earlier.outcome, true)
    // What held nothing is forgotten live; a file remembers that the serial came (docs/decisions/0017-offline-repeats-and-serials.md).
    if (one.do === 'reuse') return earlier.held ? this.reuse(earlier.body) : undefined
    return this.undo(one.do, earlier.body.serial)
  }

  private async pay(body: Body, outcome: 'success' | 'failure', again = false): Promise<void> {
    const answer = this.file.line({ ...body, outcome } as never) as TransactionAnswer
    const query = await this.api.ask('system', 'POST', '/v1/transactions?explain=true', body)
    expect(query.status).toBe(200)
    const held = answer.state !== 'no_offer'
    if (!again) this.paid.push({ body, outcome, held })
    this.met.add(again ? `again ${answer.state}` : answer.state)
    for (const { reason } of answer.reasons ?? []) this.met.add(reason)
    expect(said(bodyAs(query))).toEqual({ ...said(answer), state: held ? 'held' : 'no_offer' })
    if (!held || again) return
    const result = await this.api.ask('system', 'POST', `/v1/transactions/${body.serial}/result`, {
      outcome,
      paid: bodyAs<TransactionAnswer>(query).payable,
    })
    expect(said(bodyAs(result))).toEqual({ ...said(answer), reasons: [] })
  }

  private async reuse(body: Body): Promise<void> {
    const other = { ...body, amount: body.amount + 1 }
    expect(this.file.line(other as never)).toMatchObject({ state: 'error', error: 'serial_reused' })
    const query = await this.api.ask('system', 'POST', '/v1/transactions', other)
    expect(query).toMatchObject({ status: 409, body: { code: 'serial_reused' } })
    this.met.add('serial_reused')
  }

  private async undo(kind: 'reversal' | 'void', originalSerial: string): Promise<void> {
    const serial = `R${this.n}`
    const answer = this.file.line({ event: kind, originalSerial, serial })
    const reply = await this.api.ask('system', 'POST', `/v1/transactions/${originalSerial}/${kind}`, { serial })
    this.met.add('reason' in answer ? answer.reason : answer.state)
    if ('reason' in answer) return expect(reply.body.code).toBe(answer.reason)
    expect(said(bodyAs(reply))).toEqual(said(answer as TransactionAnswer))
  }

  /** A reversal that comes before its payment: the payment then gets nothing. */
  private async unknown(kind: 'reversal' | 'void'): Promise<void> {
    const serial = `S${this.n}`
    await this.undo(kind, serial)
    const earlier = this.paid.at(-1)
    if (earlier !== undefined) await this.pay({ ...earlier.body, serial }, 'success')
  }
}

test('the same stream over HTTP and from a file gets the same answers, line by line', async () => {
  const met = new Set<string>()
  await fc.assert(
    fc.asyncProperty(anyWorld, async (world) => {
      const merchants = merchantsOf(world)
      const api = await live(world, merchants)
      try {
        const run = new Run(api, offline(world, merchants))
        for (const one of world.deeds) await run.act(one)
        for (const what of run.met) met.add(what)
      } finally {
        await api.stop()
      }
    }),
    { numRuns: 14, seed: 20261125, endOnFailure: true },
  )
  // A stream that never meets these proves little.
  const wanted = [
    ...['confirmed', 'cancelled', 'no_offer', 'again confirmed', 'serial_reused', 'reversed', 'voided'],
    ...['unknown_original', 'already_reversed', 'not_reversible'],
    ...['limit_exhausted', 'budget_exhausted', 'funds_exhausted', 'limit_key_missing', 'not_best'],
  ]
  expect(wanted.filter((what) => !met.has(what))).toEqual([])
}, 300_000)
