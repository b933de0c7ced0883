import { setTimeout as sleep } from 'node:timers/promises'
import { LijianClient, LijianClientError, type LijianDoor, type Payment, type PaymentResult } from '@lijian/client'
import fc from 'fast-check'
import { openStage, type Stage } from './testing/stage'

/** The same requests through HTTP and through Temporal, under serials of their own: the same answers, the same refusals. */
let stage: Stage
let overHttp: LijianDoor
let overTemporal: LijianDoor
beforeAll(async () => {
  stage = await openStage({
    room: 1_000_000,
    environment: { LIJIAN_HOLD_SECONDS_BY_METHOD: 'swipe=7200', LIJIAN_CLOCK_SKEW_SECONDS: '300' },
  })
  // No answer here is about time: a busy machine may take its own.
  const patient = { queryTimeoutMs: 60_000, timeoutMs: 60_000 }
  const { apiUrl: baseUrl, apiKey, temporalClient, client: clientCode, config } = stage
  const { taskQueue, tokenKeys } = config
  overHttp = LijianClient.http({ baseUrl, apiKey, ...patient })
  overTemporal = LijianClient.temporal({
    client: temporalClient,
    clientCode,
    apiKey,
    taskQueue,
    tokenKey: tokenKeys[0]!.key,
    ...patient,
  })
})
afterAll(() => stage.close())

type Step =
  | { kind: 'query'; serial: string; payment: object }
  | { kind: 'result'; serial: string; result: object }
  | { kind: 'reversal' | 'void'; serial: string; reverse: string }

const HOUR_MS = 3_600_000
const PAN = '6222021234567890128'
const TOKEN = 'cd_8pQm2xKz0aVYt1zzzz'

/** Mostly what is right; else one of what may be wrong or odd. */
const mostly = <T>(right: readonly T[], odd: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: fc.constantFrom(...odd) })
const now = Date.now()
const at = (ms: number) => new Date(now + ms).toISOString()

const payment = fc.record(
  {
    merchant: mostly(['M1', 'M2'], ['', 'bad merchant!', 7, null]),
    amount: mostly([10_000, 9_999, 20_000], [0, -1, 1.5, '10000', 1e15, null]),
    paymentMethod: mostly(['qr', 'swipe'], ['', 'QR pay', 5]),
    currency: mostly(['CNY'], ['USD', 'cny', '']),
    eligibleAmount: mostly([9_000, 10_000, 0], [-1, 1e15, 2_000_000]),
    holdSeconds: mostly([60, 86_400], [0, 86_401, 1.5, '60']),
    deadlineMs: mostly([10_000], [0, 10_001, 'soon']),
    at: mostly([at(0)], [at(-HOUR_MS), at(HOUR_MS), 'yesterday', 5]),
    card: mostly(
      [{ pan: PAN }, { token: TOKEN, bin: '622202', last4: '0128' }],
      [
        { pan: '6222021234567890127' },
        { pan: '0' },
        { pan: 'card' },
        { token: '6222021234567890128' },
        { token: 'short' },
        { token: TOKEN, last4: '12' },
        { token: TOKEN, owner: 'Zhang' },
        {},
        'card',
      ],
    ),
    customer: mostly(['c-1', 'c-2'], ['', 'x'.repeat(129), 5]),
    identities: mostly([{ phone: '13800000000' }, { card: PAN }, {}], [{ phone: '' }, { shoe: '42' }, 'me']),
    cardType: mostly(['credit', 'debit'], ['gold']),
    cardProduct: mostly(['platinum'], ['Gold card']),
    pinFree: mostly([true, false], ['yes']),
    facts: mostly([['new_customer'], []], [['New'], [1], 'new', Array.from({ length: 33 }, () => 'x')]),
    terminal: mostly(['T-1'], ['']),
    tip: fc.constant(1),
  },
  { requiredKeys: [] },
)
/** Two of three have what a payment needs, and few other fields, so that most of these are held. */
const anyPayment = fc.oneof(
  fc.record({ amount: fc.constantFrom(10_000, 20_000), paymentMethod: fc.constantFrom('qr', 'swipe') }),
  payment.map(({ tip: _, ...body }) => ({ amount: 10_000, paymentMethod: 'qr', ...body })),
  payment,
)
const result = fc.oneof(
  fc.record({ outcome: fc.constantFrom('success', 'failure') }),
  fc.record({ outcome: fc.constant('success'), paid: fc.constantFrom(8_500, 10_000, 18_500) }),
  fc.record(
    {
      outcome: mostly(['success', 'failure'], ['maybe', 1]),
      paid: mostly([8_500, 10_000], [-1, 1.5, '8500']),
      marketingSerial: mostly(['m_1'], ['', 'm 1']),
      upstreamSerial: mostly(['U1'], ['']),
      paidAt: mostly([at(0)], ['noon']),
      card: mostly([{ pan: PAN }], [{ pan: '1' }, { token: '12' }]),
      scheme: mostly(['visa'], ['Visa card']),
      tip: fc.constantFrom(1),
    },
    { requiredKeys: ['outcome'] },
  ),
)
const original = mostly(['a', 'b'], ['c', 'x y', '-', 'y'.repeat(65), '中']) as fc.Arbitrary<string>
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('query' as const), serial: original, payment: anyPayment }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('result' as const), serial: original, result }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('reversal' as const, 'void' as const),
      serial: original,
      reverse: mostly(['r1', 'r2'], ['r 3', 'a']) as fc.Arbitrary<string>,
    }),
  },
)
/** A life of a payment: what begins is likely to go on. */
const life = fc
  .tuple(anyPayment, fc.array(step, { minLength: 2, maxLength: 6 }))
  .map(([first, steps]): Step[] => [{ kind: 'query', serial: 'a', payment: first }, ...steps])

/** What was answered, without what differs between any two payments; and how long a hold lasts, by the minute. */
function answered(answer: object, prefix: string): unknown {
  return JSON.parse(
    JSON.stringify(answer, (key, value: unknown) => {
      if (key === 'marketingSerial') return 'm_'
      if (key === 'holdExpiresAt') return undefined
      return typeof value === 'string' ? value.replaceAll(prefix, '') : value
    }),
  )
}

interface Told {
  told: unknown
  expiresAtMs?: number
  /** What a refusal names; the validators of updates and the client name one fault in words only. */
  errors?: string[]
}

function refused(error: unknown): Told {
  if (!(error instanceof LijianClientError)) throw error
  const { code, info } = error
  const told = { code, state: info.state }
  return info.errors === undefined
    ? { told }
    : { told, errors: info.errors.map(({ path, message }) => `${path}: ${message}`) }
}

async function send(door: LijianDoor, prefix: string, one: Step): Promise<Told> {
  const named = (serial: string) => `${prefix}${serial}`
  try {
    const answer = await ask(door, named, one)
    const { holdExpiresAt } = answer as { holdExpiresAt?: string }
    const told = answered(answer, prefix)
    return holdExpiresAt === undefined ? { told } : { told, expiresAtMs: Date.parse(holdExpiresAt) }
  } catch (error) {
    return refused(error)
  }
}

function ask(door: LijianDoor, named: (serial: string) => string, one: Step): Promise<object> {
  if (one.kind === 'query') {
    const body = { merchant: 'M1', ...one.payment, serial: named(one.serial) }
    return door.query(body as unknown as Payment)
  }
  if (one.kind === 'result') return door.result(named(one.serial), one.result as PaymentResult)
  return door[one.kind](named(one.serial), named(one.reverse))
}

const QR = { amount: 10_000, paymentMethod: 'qr' }
/** One life that meets what the end of the test looks for, whatever the random ones meet. */
const KNOWN: Step[] = [
  { kind: 'query', serial: 'k1', payment: QR },
  { kind: 'query', serial: 'k1', payment: { ...QR, amount: 20_000 } },
  { kind: 'result', serial: 'k1', result: { outcome: 'success' } },
  { kind: 'result', serial: 'k1', result: { outcome: 'success', paid: 8_500 } },
  { kind: 'void', serial: 'k1', reverse: 'k1v' },
  { kind: 'query', serial: 'k2', payment: QR },
  { kind: 'result', serial: 'k2', result: { outcome: 'perhaps' } },
  { kind: 'result', serial: 'k2', result: { outcome: 'failure' } },
  { kind: 'query', serial: 'k3', payment: { ...QR, amount: 9_999 } },
  { kind: 'result', serial: 'k4', result: { outcome: 'success', paid: 8_500 } },
  { kind: 'query', serial: 'k5', payment: { ...QR, amount: -1 } },
  { kind: 'reversal', serial: 'k6', reverse: 'k6r' },
]

let lives = 0
const met = new Map<string, number>()

async function live(steps: Step[]): Promise<void> {
  const n = ++lives
  for (const one of steps) {
    const [http, temporal] = await Promise.all([send(overHttp, `H${n}-`, one), send(overTemporal, `T${n}-`, one)])
    expect({ one, told: temporal.told }).toEqual({ one, told: http.told })
    if (http.errors !== undefined && temporal.errors !== undefined)
      expect({ one, errors: temporal.errors }).toEqual({ one, errors: http.errors })
    expect(http.expiresAtMs === undefined).toBe(temporal.expiresAtMs === undefined)
    // The request reaches one door later than the other.
    expect(Math.abs((http.expiresAtMs ?? 0) - (temporal.expiresAtMs ?? 0))).toBeLessThan(30_000)
    const { code, state } = http.told as { code?: string; state?: string }
    const what = `${one.kind} ${code ?? state}`
    met.set(what, (met.get(what) ?? 0) + 1)
  }
}

test('any request is answered the same through both doors', async () => {
  const early = { amount: 10_000, paymentMethod: 'qr', at: new Date(Date.now() - 285_000).toISOString() }
  const skewedAtMs = Date.now() + 15_000
  const query = (serial: string, change = {}): Step => ({ kind: 'query', serial, payment: { ...early, ...change } })
  const both = (one: Step) => Promise.all([send(overHttp, 'HE-', one), send(overTemporal, 'TE-', one)])
  const [first, second] = await both(query('a'))
  expect(first!.told).toMatchObject({ state: 'held' })
  expect(second!.told).toEqual(first!.told)

  await live(KNOWN)
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 8, maxLength: 8 }), async (many) => {
      const ends = await Promise.allSettled(many.map(live))
      for (const end of ends) if (end.status === 'rejected') throw end.reason
    }),
    { numRuns: 6, endOnFailure: true },
  )
  const kinds = [...met.keys()]
  for (const what of ['query held', 'query no_offer', 'query invalid_request', 'query serial_reused'])
    expect(kinds).toContain(what)
  for (const what of [
    'result confirmed',
    'result cancelled',
    'result invalid_request',
    'result no_offer',
    'result paid_required',
  ])
    expect(kinds).toContain(what)
  expect(kinds.some((what) => /^(reversal|void) (reversed|voided)$/.test(what))).toBe(true)
  expect(kinds.some((what) => /^(reversal|void) unknown_original$/.test(what))).toBe(true)

  // The same payment again, when its instant is no longer one of now.
  await sleep(Math.max(0, skewedAtMs - Date.now()))
  for (const again of await both(query('a'))) expect(again.told).toEqual(first!.told)
  for (const other of await both(query('a', { amount: 20_000 })))
    expect(other.told).toEqual({ code: 'invalid_request', state: undefined })
  for (const fresh of await both(query('b'))) expect(fresh.told).toEqual({ code: 'invalid_request', state: undefined })
})
