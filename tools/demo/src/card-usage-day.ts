import type { HttpDoor } from '@lijian/client'
import type { CardCaseAnswer, CardCasePage, CardCaseWhole } from '@lijian/contracts/routing'
import { Refused, type Http } from './http'
import { codesOf, DEMO_SCHEME, DEMO_THRESHOLD } from './routing-document'

interface Callers {
  maker: Http
  checker: Http
  door: HttpDoor
}
type Say = (line?: string) => void

const DEADLINE_MS = 5_000
/** A process that has met a suspension remembers it for two seconds. */
const OPEN_WITHIN_MS = 15_000

/** Card usage in short, after `routingDay`: a card pays once too often, its method stops, two people open it again. Throws when it goes otherwise. */
export async function cardUsageDay(callers: Callers, run: string, say: Say, noticesWithinMs = 20_000): Promise<void> {
  const { merchant } = codesOf(run)
  const short = (text: string) => text.replaceAll(`-${run}`, '')
  const card = { cardToken: `cd_demo_card_usage_${run}`, scheme: DEMO_SCHEME }
  const ask = (n: number) =>
    callers.door.route({
      serial: `${run}-U${n}`,
      merchant,
      method: 'wechat',
      type: 'qr',
      amount: 100,
      deadlineMs: DEADLINE_MS,
      ...card,
    })
  say('Card usage: one card pays again and again → its method stops → explained → open again')
  for (let n = 1; n <= DEMO_THRESHOLD + 1; n++) {
    const { route } = await ask(n)
    if (route === null) throw new Error(`payment ${n} of the card was refused`)
    const { cardUsage, cardUsageCounts = [] } = await callers.door.routeResult(`${run}-U${n}`, {
      mid: route.mid,
      outcome: 'success',
    })
    const shown = cardUsageCounts
      .filter(({ threshold }) => threshold !== undefined)
      .map(({ code, count, threshold }) => `${short(code)} ${count} of ${threshold}`)
    say(`  payment ${n}: ${cardUsage} (${shown.join(', ')})`)
  }
  const next = await ask(DEMO_THRESHOLD + 2)
  if (next.route !== null) throw new Error('the payment after the one that went over was carried')
  say(`  payment ${DEMO_THRESHOLD + 2}: refused, ${next.reasons?.map(({ reason, of }) => `${of} ${reason}`).join()}`)
  const { cases } = await callers.maker<CardCasePage>('GET', `/v1/card-usage-cases?merchant=${merchant}`)
  const path = `/v1/card-usage-cases/${cases[0]!.id}`
  const told = await noticesOf(callers.maker, path, noticesWithinMs)
  say(`  case ${cases[0]!.id}: waits for ${short(cases[0]!.waitsFor ?? '')}; told: ${told.map(short).join(', then ')}`)
  const explained = await callers.maker<CardCaseAnswer>('POST', `${path}/explanation`, {
    file: `oss://explanations/${run}.pdf`,
    note: 'a wholesale buyer',
  })
  const seen = { hash: explained.proposal!.hash }
  const alone = await codeOf(callers.maker('POST', `${path}/approve`, seen))
  say(`  the maker hands in the explanation and approves it: ${alone}`)
  const { state } = await callers.checker<CardCaseAnswer>('POST', `${path}/approve`, seen)
  const until = Date.now() + OPEN_WITHIN_MS
  let n = DEMO_THRESHOLD + 3
  while ((await ask(n)).route === null) {
    if (Date.now() > until) throw new Error('the method is not open again')
    await new Promise((resolve) => setTimeout(resolve, 500))
    n++
  }
  say(`  the checker approves it: ${state}; the next payment is carried again`)
  say()
}

async function noticesOf(maker: Http, path: string, withinMs: number): Promise<string[]> {
  for (const until = Date.now() + withinMs; ;) {
    const { notices } = await maker<CardCaseWhole>('GET', path)
    if (notices.length >= 2 || Date.now() >= until) return notices.map(({ to, code }) => `${to} ${code}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'accepted',
    (error: unknown) => {
      if (error instanceof Refused) return `refused, ${error.problem.code}`
      throw error
    },
  )
