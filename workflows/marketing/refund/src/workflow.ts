import { named } from '@lijian/flow-kit'
import {
  condition,
  defineQuery,
  defineSignal,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow'
import {
  CHANGED_SIGNAL,
  endOf,
  isEnd,
  refundSummary,
  STATE_QUERY,
  type Changed,
  type RefundActivities,
  type RefundEnd,
  type RefundInput,
  type RefundSnapshot,
} from './contract'

export const changedSignal = defineSignal<[Changed]>(CHANGED_SIGNAL)
export const stateQuery = defineQuery<RefundSnapshot | null>(STATE_QUERY)

// One row of PostgreSQL, retried without end.
const quick = proxyActivities<Pick<RefundActivities, 'openCase'>>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '200ms', maximumInterval: '1m' },
  summary: 'case refund_open',
})
// Somebody else's server: may be away for days, and must not be hammered.
const webhook = proxyActivities<Pick<RefundActivities, 'notify'>>({
  startToCloseTimeout: '70s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
  summary: 'webhook',
})

const DAY_MS = 24 * 3_600_000
const AGEING = { sayAfterMs: DAY_MS, caseAfterMs: 3 * DAY_MS }

/** A refund from its first step to its end; waits for what PostgreSQL records, and lets nobody forget it. */
export async function refund(input: RefundInput): Promise<RefundEnd> {
  let known: Changed | null = null
  setHandler(changedSignal, (changed) => {
    if (known === null || changed.version > known.version) known = changed
  })
  setHandler(stateQuery, () => known?.body ?? null)
  await condition(() => known !== null)
  const now = () => known!
  say(now().body)
  const ended = () => isEnd(now().body.state)
  const { sayAfterMs, caseAfterMs } = input.ageing ?? AGEING
  const startedMs = Date.now()
  if (!(await condition(ended, sayAfterMs, named('result', startedMs + sayAfterMs)))) {
    say(now().body, 'no result for a day')
    if (!(await condition(ended, caseAfterMs - sayAfterMs, named('result; then a case', startedMs + caseAfterMs)))) {
      const { merchant, amountFen, discountFen, payerFen } = now().body
      const { client, serial } = input
      await quick.openCase({
        kind: 'refund_open',
        client,
        serial,
        merchant,
        amountFen,
        discountFen: discountFen ?? 0,
        paidFen: payerFen,
      })
      say(now().body, 'no result for three days: see the case refund_open')
      await condition(ended)
    }
  }
  const { version, body } = now()
  upsertSearchAttributes([{ key: { name: 'LijianState', type: 'KEYWORD' }, value: body.state }])
  say(body)
  if (body.notify) {
    const { client, serial, originalSerial, state, merchant, amountFen, offers } = body
    const money = { amountFen, discountFen: body.discountFen ?? 0, payableFen: body.payerFen ?? 0 }
    const about = { about: 'refund', client, serial, originalSerial, version, state, merchant } as const
    await webhook.notify.executeWithOptions({ summary: `webhook: ${state}` }, [
      { ...about, ...money, offers, businessDate: null },
    ])
  }
  return endOf(body)
}

function say(refund: RefundSnapshot, trouble?: string): void {
  const lines = [`**${refund.state}** · ${refundSummary(refund)}`, ...(trouble === undefined ? [] : [`⚠ ${trouble}`])]
  if (refund.state === 'waiting') lines.push(`waits for the result of ${refund.originalSerial}, since ${refund.since}`)
  if (refund.state === 'refund_held') lines.push(`waits for its result, since ${refund.since}`)
  setCurrentDetails(lines.join('\n\n'))
}
