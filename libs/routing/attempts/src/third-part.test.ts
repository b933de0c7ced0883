import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decideInTime, type Admission } from '@lijian/admission'
import { suspendRef } from '@lijian/approvals'
import { LijianError } from '@lijian/contracts/system'
import { brokenInvariants } from '@lijian/verification'
import { Cable } from '@lijian/testing'
import { CAMPAIGN, routing, Stage, type Process } from './testing/stage'
import { StampCard } from './testing/stamp-card'

/** A payment of three parts: its offer, its route, and a stamp on a card that neither of them knows. */
let stage: Stage
let cable: Cable
let one: Process
let other: Process
let card: StampCard
beforeEach(async () => {
  stage = await Stage.open(routing([{ dailyAmount: 50_000 }]), [CAMPAIGN])
  cable = await Cable.to(stage.url)
  one = await stage.process({ databaseUrl: cable.url })
  other = await stage.process()
  card = new StampCard('C', 2)
})
afterEach(async () => {
  // Counters of stamps are of no row that verification knows; everything else must agree.
  await stage.sql.query(`DELETE FROM counter WHERE key LIKE 'stamps|%'`)
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
  await cable.close()
})

interface Paying {
  leftMs?: number
  admission?: Admission
  /** The stamp is decided before the route. */
  early?: boolean
}

function pay(process: Process, serial: string, { leftMs = 20_000, admission, early = false }: Paying = {}) {
  const query = {
    client: 'T',
    bodyHash: serial,
    door: 'http' as const,
    receivedAtMs: stage.nowMs,
    request: { serial, merchant: 'M1', amount: 10_000, currency: 'CNY', paymentMethod: 'wechat' },
  }
  const { offer, route } = process.payments.prepare({ query, route: { type: 'qr' } })
  const stamp = card.prepare(serial)
  const times = { leftMs, amountFen: 10_000 }
  if (early)
    return decideInTime(admission ?? process.admission, [offer, stamp, route!], {
      ...times,
      join: ([o, s, r]) => [o.state, r.route?.mid ?? null, s],
    })
  return decideInTime(admission ?? process.admission, [offer, route!, stamp], {
    ...times,
    join: ([o, r, s]) => [o.state, r.route?.mid ?? null, s],
  })
}
const stamps = async (of = '') => (await stage.counter(`stamps|C${of}`))?.count
const heldElsewhere = async () =>
  (await stage.sql.query(`SELECT key FROM counter WHERE held_fen > 0 AND key NOT LIKE 'stamps|%' ORDER BY key`))
    .rowCount
const eventually = async (holds: () => Promise<boolean>) => {
  for (const until = Date.now() + 20_000; !(await holds());) {
    if (Date.now() > until) throw new Error('not in time')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
/** The budget's counter, the MID's; of the stamp its own. */
const isUndone = async (serial: string) =>
  (await heldElsewhere()) === 0 && String(await stamps(`|${serial}`)) === '0,0,0' && String(await stamps()) === '0,0,0'

test('a third part is fewer than 60 lines', () => {
  expect(readFileSync(join(__dirname, 'testing', 'stamp-card.ts'), 'utf8').split('\n').length).toBeLessThan(60)
})

test('granted with the others, and told the same again by another process', async () => {
  expect(await pay(one, 'A')).toEqual(['held', 'MID-1', 'stamped'])
  expect(await pay(other, 'A')).toEqual(['held', 'MID-1', 'stamped'])
  expect(await stamps()).toEqual([1, 0, 0])
  expect(await heldElsewhere()).toBe(2)
})

test('refused when the card is full, and the payment is answered all the same; never one stamp too many', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, (_, n) => pay([one, other][n % 2]!, `P${n}`)))
  expect(answers.map(([state, mid]) => [state, mid])).toEqual(answers.map(() => ['held', 'MID-1']))
  expect(answers.map(([, , stamp]) => stamp).sort()).toEqual(['full', 'full', 'full', 'stamped', 'stamped'])
  expect(await stamps()).toEqual([2, 0, 0])
})

test.each([false, true])(
  'without a route the payment holds nothing, no stamp either (decided before it: %s)',
  async (early) => {
    await suspendRef(stage.sql, '@route/pool/P-A', 'p')
    expect(await pay(one, 'A', { early })).toEqual(['no_offer', null, 'none'])
    expect([await heldElsewhere(), (await stamps())?.[0] ?? 0]).toEqual([0, 0])
  },
)

test('told too late: all three parts are undone', async () => {
  await one.admission.warm()
  cable.freeze()
  expect(await pay(one, 'B', { leftMs: 100 })).toEqual(['no_offer', null, 'deadline'])
  expect(await stamps('|B')).toBeUndefined()
  cable.thaw()
  // Its counters exist: the batch was committed after the deadline.
  await eventually(() => isUndone('B'))
  expect(await pay(one, 'C')).toEqual(['held', 'MID-1', 'stamped'])
})

test('an answer that was lost on its way: what was committed is undone', async () => {
  expect(await pay(one, 'A', { admission: lostAnswers(one.admission) })).toEqual(['no_offer', null, 'unavailable'])
  await eventually(() => isUndone('A'))
})

test('PostgreSQL away: answered at once without any of the three, and undone when it is back', async () => {
  await pay(one, 'A')
  cable.cut()
  expect(await pay(one, 'B')).toEqual(['no_offer', null, 'unavailable'])
  cable.mend()
  // `isAway` is false too until a refusal is heard: only an answer says that PostgreSQL is back.
  const isAnswered = () => one.admission.run({ decide: () => () => true }).catch(() => false)
  await eventually(isAnswered)
  expect(await pay(one, 'C')).toEqual(['held', 'MID-1', 'stamped'])
  expect(await stamps()).toEqual([2, 0, 0])
})

/** The real admission, which commits its first batch and loses the answer. */
function lostAnswers(admission: Admission): Admission {
  let isLost = false
  const run: Admission['run'] = async (work) => {
    const answer = await admission.run(work)
    if (isLost) return answer
    isLost = true
    throw new LijianError('unavailable', 'the answer was lost')
  }
  return Object.create(admission, { run: { value: run } }) as Admission
}
