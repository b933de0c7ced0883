import { named, newestState, refusingUnproven, reminder, updateId } from '@lijian/flow-kit'
import {
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow'
import {
  cardCaseSummary,
  CHANGED_SIGNAL,
  DECIDE_UPDATE,
  EXPLAIN_UPDATE,
  figuresOf,
  isEnd,
  STATE_QUERY,
  waitsFor,
  type CardCaseActivities,
  type CardCaseEnd,
  type CardCaseInput,
  type CardCaseSnapshot,
  type CardNotice,
  type CardNoticeKind,
  type Changed,
  type Deciding,
  type Explaining,
} from './contract'

export const changedSignal = defineSignal<[Changed]>(CHANGED_SIGNAL)
export const stateQuery = defineQuery<CardCaseSnapshot | null>(STATE_QUERY)
export const explainUpdate = defineUpdate<CardCaseSnapshot, [Explaining]>(EXPLAIN_UPDATE)
export const decideUpdate = defineUpdate<CardCaseSnapshot, [Deciding]>(DECIDE_UPDATE)

// One database transaction; a refusal is final and is the update's answer.
const people = proxyActivities<Pick<CardCaseActivities, 'explainCardCase' | 'decideCardCase'>>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '200ms', maximumInterval: '30s' },
  summary: 'what a person says of the case',
})
// A gateway that is down for a day must not keep the merchant from being told.
const { noticeCardCase } = proxyActivities<Pick<CardCaseActivities, 'noticeCardCase'>>({
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '1s', maximumInterval: '10m' },
})
// A log line and a metric: late is better than never, never is no harm.
const { remind } = proxyActivities<Pick<CardCaseActivities, 'remind'>>({
  startToCloseTimeout: '10s',
  retry: { maximumAttempts: 5 },
})

const HOUR_MS = 3_600_000

/** A stopped method until its case ends: tells parent institutions before the merchant, shows who waits for whom, reminds. PostgreSQL decides. */
export async function cardUsageCase(input: CardCaseInput): Promise<CardCaseEnd> {
  const told: string[] = []
  let telling: string | undefined
  let reminders = 0

  const say = () => setCurrentDetails(linesOf(now(), told, telling, reminders).join('\n\n'))
  const { now, ask, begin, end } = newestState(changedSignal, stateQuery, say)
  const ended = () => isEnd(now().state)
  const validator = refusingUnproven()
  const asked = () => ({ id: input.id, update: updateId() })
  setHandler(explainUpdate, (argument) => ask(people.explainCardCase({ ...argument, ...asked() })), { validator })
  setHandler(decideUpdate, (argument) => ask(people.decideCardCase({ ...argument, ...asked() })), { validator })
  await begin()

  const tell = async (kind: CardNoticeKind, seq: number, to: CardNotice['to'], code: string) => {
    telling = `${to === 'parent' ? 'parent institution' : 'merchant'} ${code}`
    say()
    const outcome = await noticeCardCase
      .executeWithOptions({ summary: `notice of "${kind}" to ${telling}` }, [{ case: input.id, kind, seq, to, code }])
      .catch(() => 'NOT reached')
    told.push(`${telling} of "${kind}": ${outcome}`)
    telling = undefined
    say()
  }
  /** One after the other: the merchant hears of it when its institution knows. */
  const tellAll = async (kind: CardNoticeKind, seq: number) => {
    for (const parent of now().parents) await tell(kind, seq, 'parent', parent)
    await tell(kind, seq, 'merchant', input.merchant)
  }

  await tellAll('opened', 1)
  for (let returned = 0; !ended();) {
    while (returned < now().returned && !ended()) await tell('returned', ++returned, 'merchant', input.merchant)
    const { state } = now()
    const moved = () => now().state !== state || now().returned > returned
    const remindMs = input.remindAfterMs ?? now().remindHours * HOUR_MS
    const what = named(`${waitsFor(now())}; ${reminder(reminders + 1, remindMs)}`)
    if (await condition(moved, remindMs, what)) continue
    reminders++
    const { id, merchant, method } = input
    const waits = waitsFor(now())!
    const said = {
      flow: 'card-usage-case',
      kind: state,
      id,
      merchant,
      method,
      waitsFor: waits,
      times: reminders,
    } as const
    await remind.executeWithOptions({ summary: `reminder ${reminders}` }, [said])
    if (state === 'waiting_explanation' && !moved())
      await tell('reminder', now().version * 1000 + reminders, 'merchant', merchant)
    say()
  }
  await tellAll(now().state as CardNoticeKind, now().version)
  return end(figuresOf)
}

function linesOf(
  body: CardCaseSnapshot,
  told: readonly string[],
  telling: string | undefined,
  reminders: number,
): string[] {
  const waits = waitsFor(body)
  return [
    `**${body.state}** · ${cardCaseSummary(body)}`,
    `${body.method} of ${body.merchant} is ${body.state === 'reopened' ? 'open again' : 'stopped'}; opened ${body.openedAt}`,
    ...(told.length === 0 ? [] : [`told: ${told.join('; ')}`]),
    ...(telling === undefined ? [] : [`waits for the notice to reach ${telling}`]),
    ...(waits === undefined ? [] : [`waits for ${waits}`]),
    ...(body.reason === null ? [] : [`sent back: ${body.reason}`]),
    ...(reminders === 0 ? [] : [`⚠ nobody has acted: reminded ${reminders} time(s)`]),
  ]
}
