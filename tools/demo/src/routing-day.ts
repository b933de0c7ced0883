import { LijianClientError, type HttpDoor } from '@lijian/client'
import type { RouteAnswer, RouteBody, RoutingDocument } from '@lijian/contracts/routing'
import type { Http } from './http'
import { yuanTextGrouped as yuan } from '@lijian/money'
import { codesOf, withDemo, type Approved, type Codes } from './routing-document'
import type { ProposalAnswer } from '@lijian/contracts/people'
import { inWords } from './routing-words'
import { textTable } from '@lijian/text-table'

interface Callers {
  maker: Http
  /** Operations: one key stops, two let go on. */
  first: HttpDoor
  second: HttpDoor
  door: HttpDoor
}
type Say = (line?: string) => void
type Mid = keyof Pick<Codes, 'first' | 'second' | 'shared'>

interface Step {
  say: string
  amountFen: number
  cardType: 'credit' | 'debit'
  /** Who carries it, or nobody; after `fails` the next attempt. */
  by: Mid | null
  fails?: Mid
}

const BEFORE: readonly Step[] = [
  { say: 'the preferred of its own MIDs', amountFen: 32_000, cardType: 'debit', by: 'first' },
  { say: 'a credit card costs more', amountFen: 48_000, cardType: 'credit', by: 'first' },
  { say: 'it would pass the daily limit: the next one', amountFen: 26_000, cardType: 'debit', by: 'second' },
  { say: 'the channel fails: next attempt', amountFen: 15_000, cardType: 'debit', fails: 'first', by: 'second' },
  { say: 'too large for its own: the next pool', amountFen: 120_000, cardType: 'credit', by: 'shared' },
  { say: 'what is left fits nowhere: refused', amountFen: 45_000, cardType: 'credit', by: null },
]
const STOPPED: Step = { say: 'stopped: the pool switches', amountFen: 9_900, cardType: 'debit', by: 'shared' }
const ASKED: Step = { say: 'one asked to go on: not yet', amountFen: 9_900, cardType: 'debit', by: 'shared' }
const RESUMED: Step = { say: 'a second one did: back', amountFen: 9_900, cardType: 'debit', by: 'first' }
/** The demo shares its machine with all servers; in production a route waits 50 ms. */
const DEADLINE_MS = 5_000
const OTHERS_KNOW_MS = 10_000

/** Routing in short: a document, payments and who carries them, one refused and why, a channel that stops and goes on. Throws when a MID is not the one that is told here. */
export async function routingDay(callers: Callers, run: string, say: Say): Promise<void> {
  const codes = codesOf(run)
  const short = (code: string) => code.replaceAll(`-${run}`, '')
  const teller = new Teller(callers.door, codes, run)
  say('Routing: document → payments → refusal → a channel stops → goes on')
  const { maker, first, second } = callers
  await maker('PUT', `/v1/merchants/${codes.merchant}`, {
    id: codes.merchant,
    name: '示范面馆',
    mcc: '5812',
    region: '440305',
    parent: codes.parent,
    fees: { default: { ppm: 6000 } },
  })
  const { version, channels, mids, pools, proposal } = await first.routing.put(
    withDemo(await liveDocument(first), codes, await sharedPool(callers, codes.fallback)),
  )
  if (proposal !== undefined) await second.routing.approve(proposal)
  say(`version ${version} of the routing document, approved: ${channels} channels, ${mids} MIDs, ${pools} pools`)
  for (const step of BEFORE) await teller.play(step)

  const stop = (who: HttpDoor, action: 'suspend' | 'resume') => who.routing[action]('channels', codes.unionPay)
  await stop(first, 'suspend')
  await teller.play(STOPPED)
  await stop(first, 'resume')
  await teller.play(ASKED)
  await stop(second, 'resume')
  await teller.play(RESUMED)
  say()
  const rows = teller.rows.map((row) => row.map(short))
  textTable(COLUMNS, rows, { rule: true }).forEach(say)
  say()
  const { explanation = [] } = (await callers.door.routeState(teller.refused!, { explain: true }))!
  say(`why ${teller.refused} was refused, made again from what was kept with it (GET /v1/routes/…?explain=true):`)
  for (const { refusals, verdict } of explanation) {
    for (const refusal of refusals) say(`  ${inWords(refusal, short)}`)
    say(`  ${verdict} answer`)
  }
  say()
}

/** Its MIDs are of nobody in particular: one asks for it, another one approves. */
async function sharedPool({ maker, second }: Callers, pool: string): Promise<Approved> {
  const asked = await maker<ProposalAnswer>('POST', '/v1/routing/shared-pools', {
    pool,
    reason: 'for what its own do not carry',
  })
  const { id, checker } = await second.routing.approve(asked)
  return { approvedBy: checker!, reference: String(id) }
}

const COLUMNS = [
  ...[{ head: 'no.' }, { head: 'amount', right: true as const }, { head: 'card' }, { head: 'MID' }, { head: 'pool' }],
  ...[{ head: 'cost', right: true as const }, { head: 'what it shows' }],
]

async function liveDocument(person: HttpDoor): Promise<RoutingDocument | undefined> {
  try {
    return (await person.routing.get()).document
  } catch (error) {
    if (error instanceof LijianClientError && error.code === 'not_found') return undefined
    throw error
  }
}

/** Sends the payments and tells what each shows. */
class Teller {
  readonly rows: string[][] = []
  /** The payment that nobody carried. */
  refused: string | undefined

  constructor(
    private readonly door: HttpDoor,
    private readonly codes: Codes,
    private readonly run: string,
  ) {}

  async play(step: Step): Promise<void> {
    const serial = `${this.run}-T${String(this.rows.length + 1).padStart(2, '0')}`
    const payment: RouteBody = {
      serial,
      merchant: this.codes.merchant,
      method: 'wechat',
      type: 'qr',
      amount: step.amountFen,
      issuer: 'ICBC',
      cardType: step.cardType,
      deadlineMs: DEADLINE_MS,
    }
    let answer = await this.ask(payment, step.fails ?? step.by)
    if (step.fails !== undefined) {
      const mid = this.codes[step.fails]
      await this.door.routeResult(serial, { mid, outcome: 'failure', failure: 'channel_error' })
      answer = await this.ask({ ...payment, exclude: [mid] }, step.by)
    }
    const { route } = answer
    if (route === null) this.refused = serial
    else await this.door.routeResult(serial, { mid: route.mid, outcome: 'success', upstreamSerial: `U-${serial}` })
    const tried = step.fails === undefined ? '' : `${this.codes[step.fails]} → `
    this.rows.push([
      ...[serial.slice(this.run.length + 1), yuan(step.amountFen), step.cardType],
      ...[route === null ? '–' : tried + route.mid, route?.pool ?? '', route === null ? '' : yuan(route.costEstimate)],
      step.say,
    ])
  }

  private async ask(payment: RouteBody, expected: Mid | null): Promise<RouteAnswer> {
    const until = Date.now() + OTHERS_KNOW_MS
    for (;;) {
      const answer = await this.door.route(payment)
      // Where several processes answer, each has read a new document within a second.
      const isUnread = answer.reasons?.some(({ reason }) => reason === 'no_route') === true && Date.now() < until
      if (isUnread) await new Promise((resolve) => setTimeout(resolve, 200))
      else if ((answer.route?.mid ?? null) === (expected && this.codes[expected])) return answer
      else throw new Error(`${payment.serial}: expected ${expected}, was answered ${JSON.stringify(answer)}`)
    }
  }
}
