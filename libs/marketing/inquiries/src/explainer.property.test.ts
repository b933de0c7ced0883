import type { Campaign, FeeSchedule, Merchant, TransactionAnswer } from '@lijian/contracts/marketing'
import { anyCampaigns, anyFees, anyPayment } from '@lijian/decisions/testing'
import type { PaymentFacts } from '@lijian/rules'
import fc from 'fast-check'
import { Pool } from 'pg'
import { Explainer } from './explainer'
import { Stage } from '@lijian/transactions/testing/stage'
import type { QueryAsk } from '@lijian/transactions'

/** Random documents and payments through the door on two processes; then everything is changed, and each decision explained. */
interface World {
  campaigns: Campaign[]
  fees: (FeeSchedule | undefined)[]
  payments: PaymentFacts[]
  explains: boolean[]
  ends: ('nothing' | 'success' | 'failure' | 'gross' | 'card' | 'reversal' | 'void')[]
}

const COUNT = 60
const many = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: COUNT, maxLength: COUNT })
/** Payments that mostly meet the offers, so that counters fill. */
const anyMeeting: fc.Arbitrary<PaymentFacts> = fc
  .record({
    facts: anyPayment,
    amountFen: fc.constantFrom(9_999, 10_000, 20_000, 20_001),
    day: fc.integer({ min: 23, max: 25 }),
    hour: fc.integer({ min: 0, max: 23 }),
  })
  .map(({ facts, amountFen, day, hour }) => ({
    ...facts,
    amountFen,
    eligibleFen: facts.eligibleFen === undefined ? undefined : amountFen - 1,
    merchant: facts.merchant === 'M3' ? 'M3' : 'M1',
    cardToken: facts.cardToken ?? 'card-token-number-1',
    atMs: Date.parse(`2026-11-${day}T${String(hour).padStart(2, '0')}:30:00+08:00`),
  }))

/** The random documents with less that refuses everybody: lists of groups on some offers, limits of a few payments, most bound to M1. */
function meeting(campaigns: Campaign[], dice: readonly number[]): Campaign[] {
  let at = 0
  const roll = (sides: number) => dice[at++ % dice.length]! % sides
  return campaigns.map((campaign) => {
    const { to: _to, ...rest } = campaign
    return {
      ...rest,
      currency: 'CNY',
      from: '2026-11-20',
      budget: roll(3) ? undefined : { amount: 3000 + roll(20_000), count: 5 + roll(20) },
      limits: campaign.limits?.map((limit) => ({ ...limit, ...(limit.count && { count: limit.count + roll(6) }) })),
      offers: campaign.offers.map((offer) => {
        const lists = [
          { cardBlacklists: ['G3'] },
          { cardWhitelists: ['G2'] },
          { binGroups: ['G1', 'G2'] },
          { customerGroups: ['INVITED'] },
        ]
        const few = { ...lists[roll(8)], ...(roll(3) ? {} : { amount: { min: 10_000 } }) }
        const conditions = roll(3) ? few : (offer.rule.conditions ?? few)
        return {
          ...offer,
          merchants: roll(3) ? ['M1', 'M2'] : undefined,
          subMerchants: undefined,
          budget: roll(2) ? undefined : { count: 3 + roll(5) },
          rule: { ...offer.rule, window: roll(3) ? undefined : offer.rule.window, conditions },
        }
      }),
    } as Campaign
  })
}

const anyWorld: fc.Arbitrary<World> = fc
  .record({
    campaigns: anyCampaigns,
    dice: fc.array(fc.nat({ max: 1_000_000 }), { minLength: 40, maxLength: 40 }),
    fees: fc.array(anyFees, { minLength: 3, maxLength: 3 }),
    payments: many(anyMeeting),
    explains: many(fc.boolean()),
    ends: many(
      fc.constantFrom<World['ends'][number]>('nothing', 'success', 'failure', 'gross', 'card', 'reversal', 'void'),
    ),
  })
  .map(({ campaigns, dice, ...world }) => ({
    ...world,
    campaigns: JSON.parse(JSON.stringify(meeting(campaigns, dice))) as Campaign[],
  }))

const merchantsOf = (fees: World['fees']): Merchant[] => [
  { id: 'M1', name: 'n', status: 'active', mcc: '5812', region: '440305', country: 'CN', fees: fees[0] },
  { id: 'M2', name: 'n', status: 'active', mcc: '5411', country: 'MO', fees: fees[1] },
  { id: 'M3', name: 'n', status: 'active', fees: fees[2] },
]

function askOf(stage: Stage, facts: PaymentFacts, n: number, explain: boolean): QueryAsk {
  const { client, merchant, subMerchant, terminal, currency, paymentMethod, cardToken, cardDigits } = facts
  const { issuer, cardType, cardProduct, cardRegion, scheme, pinFree, customerToken, identities } = facts
  const serial = `${facts.serial}-${n}`
  return {
    client,
    request: {
      serial,
      merchant,
      subMerchant,
      terminal,
      amount: facts.amountFen,
      eligibleAmount: facts.eligibleFen,
      currency,
      paymentMethod,
      issuer,
      cardType,
      cardProduct,
      cardRegion,
      scheme,
      pinFree,
      customerToken,
      ...(cardToken === undefined
        ? {}
        : { card: { token: cardToken, bin: cardDigits?.slice(0, 8), digits: cardDigits, last4: '0001' } }),
      identities,
      facts: facts.facts && [...facts.facts],
      at: new Date(facts.atMs).toISOString(),
    },
    bodyHash: serial,
    explain,
    door: 'http',
    receivedAtMs: stage.nowMs,
    deadlineMs: 20_000,
  }
}

async function openWorld({ campaigns, fees }: World): Promise<Stage> {
  const stage = await Stage.open(campaigns, merchantsOf(fees))
  await stage.sql.query(`INSERT INTO card_group (code, bins, updated_by) VALUES
    ('G1', '{622700}', 'm'), ('G2', '{6,43674212}', 'm'), ('G3', '{}', 'm')`)
  await stage.sql.query(`INSERT INTO customer_group (code, updated_by) VALUES ('INVITED', 'm')`)
  for (const [kind, code, token] of [
    ['card_group', 'G2', 'card-token-number-2'],
    ['card_group', 'G3', 'card-token-number-1'],
    ['customer_group', 'INVITED', 'customer-1'],
  ]) {
    await stage.sql.query(
      `INSERT INTO group_page (kind, code, version, page, members)
       VALUES ($1, $2, 1, 0, substring(sha256(convert_to($3, 'UTF8')) FROM 1 FOR 16))`,
      [kind, code, token],
    )
    await stage.sql.query(`UPDATE ${kind} SET members_version = 1, member_count = 1 WHERE code = $1`, [code])
  }
  await stage.sql.query(`INSERT INTO counter (key, limit_fen, limit_version) VALUES
    ('@funds/CCB||total', 3000, 0), ('@funds/UP||total', 3000, 0)`)
  return stage
}

/** What people do to documents in half a year. */
async function changeEverything(stage: Stage, { campaigns, fees }: World): Promise<void> {
  const changed = campaigns.map((campaign) => ({
    ...campaign,
    name: 'another',
    offers: campaign.offers.map((offer) => ({ ...offer, name: 'another', priority: 9, merchants: ['M9'] })),
  }))
  await stage.put(changed, merchantsOf([...fees].reverse()), 2)
  await stage.sql.query(`INSERT INTO suspension (ref, suspended_by) VALUES ('C0', 'm') ON CONFLICT DO NOTHING`)
  await stage.sql.query(`UPDATE card_group SET bins = '{}', members_version = 2, member_count = 0`)
  await stage.sql.query(`UPDATE customer_group SET members_version = 2, member_count = 0`)
  await stage.sql.query(
    `UPDATE counter SET used_count = used_count + 1, held_fen = 0, limit_fen = NULL, limit_count = NULL`,
  )
  await stage.sql.query(
    `INSERT INTO config_change (kind, code) VALUES ('card_group', 'G1'), ('card_group', 'G2'), ('card_group', 'G3'), ('customer_group', 'INVITED'), ('merchant', 'M1'), ('campaign', 'C0')`,
  )
  await stage.refresh()
}

async function end(
  transactions: Awaited<ReturnType<Stage['transactions']>>,
  ask: QueryAsk,
  how: World['ends'][number],
): Promise<void> {
  const { client } = ask
  const { serial, amount } = ask.request
  const result = (request: object) =>
    transactions.result({ client, serial, request: { outcome: 'success', ...request }, bodyHash: 'r', door: 'http' })
  if (how === 'success' || how === 'void') await result({})
  if (how === 'failure') await result({ outcome: 'failure' })
  if (how === 'gross') await result({ paid: amount })
  if (how === 'card')
    await result({
      cardType: 'prepaid',
      scheme: 'mastercard',
      card: { token: 'card-token-number-3', bin: '4000', last4: '9' },
    })
  if (how === 'reversal' || how === 'void')
    await transactions.reverse({
      client,
      originalSerial: serial,
      serial: `R-${serial}`,
      kind: how,
      bodyHash: 'v',
      door: 'http',
    })
}

async function logged(doors: { unloggedCount: number }[]): Promise<void> {
  while (doors.some(({ unloggedCount }) => unloggedCount > 0)) await new Promise((resolve) => setTimeout(resolve, 20))
}

test('whatever has changed since, every decision computed again is the answer that was given, with the reasons that were told', async () => {
  const met = new Set<string>()
  const states = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(anyWorld, async (world) => {
      const stage = await openWorld(world)
      const pool = new Pool({ connectionString: stage.url, max: 2 })
      try {
        const options = { batchMax: 8, logs: 'all' as const, groupOrder: ['city'] }
        const doors = [await stage.transactions(options), await stage.transactions(options)]
        const asks = world.payments.map((facts, n) => askOf(stage, facts, n, world.explains[n]!))
        const answers: TransactionAnswer[] = []
        const half = COUNT / 2
        const askAll = (from: number, to: number) =>
          Promise.all(asks.slice(from, to).map(async (ask, i) => (answers[from + i] = await doors[i % 2]!.query(ask))))
        await askAll(0, half)
        // Nobody is told of it: only the admission statement finds it, in the middle of a batch.
        await stage.sql.query(`INSERT INTO suspension (ref, suspended_by) VALUES ('C0/O00', 'm'), ('C1/O10', 'm')`)
        await askAll(half, COUNT)
        for (const [n, ask] of asks.entries())
          if (answers[n]!.state === 'held') await end(doors[n % 2]!, ask, world.ends[n]!)
        await logged(doors)
        await changeEverything(stage, world)
        const explainer = new Explainer({ pool, drawKeys: [Buffer.alloc(32)] })
        for (const [n, { client, request }] of asks.entries()) {
          const answer = answers[n]!
          const { explanation } = await explainer.explain(client, request.serial)
          states.set(answer.state, (states.get(answer.state) ?? 0) + 1)
          expect({ serial: request.serial, ...explanation }).toMatchObject({ verdict: 'same', differences: [] })
          const granted = explanation.offers.filter(({ outcome }) => outcome === 'granted')
          expect(granted.map(({ code, discount }) => [code, discount])).toEqual(
            answer.offers.map(({ code, discount }) => [code, discount]),
          )
          for (const { outcome, code, reason, text } of explanation.offers) {
            if (outcome !== 'refused') continue
            met.add(reason!)
            // A sentence, not the reason's name for want of one.
            expect(text[0]!.en).not.toContain(`not given, ${reason}`)
            if (world.explains[n]) expect(answer.reasons?.find(({ offer }) => offer === code)?.reason).toBe(reason)
          }
        }
      } finally {
        await pool.end()
        await stage.close()
      }
    }),
    { numRuns: 10, seed: 20261125, endOnFailure: true, unbiased: true },
  )
  expect([...met].sort()).toEqual(expect.arrayContaining(MUST_MEET))
  expect(states.get('held')).toBeGreaterThan(50)
  expect(states.get('no_offer')).toBeGreaterThan(100)
}, 240_000)

const MUST_MEET = [
  ...[
    'outside_hours',
    'bin',
    'blacklisted',
    'not_whitelisted',
    'customer_group',
    'suspended',
    'amount_below_minimum',
    'not_best',
  ],
  ...['limit_exhausted', 'budget_exhausted', 'funds_exhausted', 'limit_key_missing'],
]
