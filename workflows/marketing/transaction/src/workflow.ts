import { named } from '@lijian/flow-kit'
import {
  ActivityFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  sleep,
} from '@temporalio/workflow'
import {
  CHANGED_SIGNAL,
  CONFIRM_UPDATE,
  QUERY_UPDATE,
  STATE_QUERY,
  type CaseKind,
  type DoorOutcome,
  type FlowView,
  type MarketingTransactionActivities,
  type TokenPayment,
  type TokenResult,
  type TransactionEnd,
  type TransactionKey,
  type TransactionSnapshot,
} from './contract'
import { details, endOf, finalStateOf, tellCase, upsertChanged } from './show'
import { validatePayment, validateResult } from './validate'

export const changedSignal = defineSignal<TransactionSnapshot[]>(CHANGED_SIGNAL)
export const queryUpdate = defineUpdate<DoorOutcome['answer'], [TokenPayment, token?: string]>(QUERY_UPDATE)
export const confirmUpdate = defineUpdate<DoorOutcome['answer'], [TokenResult, token?: string]>(CONFIRM_UPDATE)
export const stateQuery = defineQuery<FlowView>(STATE_QUERY)

// One PostgreSQL round trip each, retried without end: while PostgreSQL is away the transaction waits. Local, so that a
// transaction costs few events; a retry that waits longer than the threshold becomes a timer.
const quick = proxyLocalActivities<MarketingTransactionActivities>({
  startToCloseTimeout: '5s',
  localRetryThreshold: '5s',
  retry: { initialInterval: '100ms', maximumInterval: '30s' },
  summary: 'PostgreSQL',
})
// Somebody else's server: may be away for days, and must not be hammered.
const webhook = proxyActivities<Pick<MarketingTransactionActivities, 'notify'>>({
  startToCloseTimeout: '70s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
  summary: 'webhook',
})

/** A client's start whose update never came, or was refused by its validator: after this, PostgreSQL is asked what it holds. */
const LOST_UPDATE = ['2s', named('the client’s call, which may be lost')] as const
const STUCK_AFTER = ['1m', named('webhook, which is said to be stuck after a minute')] as const

/**
 * The life of one marketing transaction: waits for the result, lets the hold expire, opens cases, notifies, ends. PostgreSQL has
 * already decided everything that this flow learns; the newest snapshot wins, so events may come twice and in any order.
 * Started by the relay (`changed` with the start: one workflow task when the result is already in) or by a client (`query`).
 */
export async function marketingTransaction(key: TransactionKey): Promise<TransactionEnd> {
  let known: TransactionSnapshot | undefined
  let asked = false
  let holdsNothing = false
  let notifiedVersion = 0
  let waitingFor: FlowView['waitingFor'] = 'nothing'
  const casesToOpen = new Map<CaseKind, TransactionSnapshot>()
  const casesOpened = new Set<CaseKind>()

  const learn = (snapshot: TransactionSnapshot | null): void => {
    if (!snapshot) return
    // A case counts whichever version brings it: the newest snapshot need not repeat it.
    const kind = snapshot.case?.kind
    if (kind && !casesOpened.has(kind)) casesToOpen.set(kind, snapshot)
    if (known && snapshot.version <= known.version) return
    known = snapshot
    setCurrentDetails(details(known))
  }
  const ask = async (call: () => Promise<DoorOutcome>): Promise<DoorOutcome['answer']> => {
    asked = true
    try {
      const { answer, snapshot } = await call()
      holdsNothing = snapshot === null
      learn(snapshot)
      return answer
    } catch (failure) {
      // The caller of the update reads the refusal itself, not that an activity failed.
      throw failure instanceof ActivityFailure && failure.cause ? failure.cause : failure
    }
  }

  // What came with the start is handled inside setHandler: everything above is declared before these lines.
  setHandler(stateQuery, () => ({ snapshot: known ?? null, waitingFor }))
  setHandler(changedSignal, (...snapshots) => snapshots.forEach(learn))
  // The worker looks into the token: whoever reaches Temporal may name any client.
  setHandler(queryUpdate, (payment, token) => ask(() => quick.query({ ...key, payment, token })), {
    validator: validatePayment as (payment: TokenPayment, token?: string) => void,
  })
  setHandler(confirmUpdate, (result, token) => ask(() => quick.result({ ...key, result, token })), {
    validator: validateResult as (result: TokenResult, token?: string) => void,
  })

  const waitForResult = async (held: TransactionSnapshot): Promise<void> => {
    waitingFor = 'result'
    const changed = () => known !== held || casesToOpen.size > 0 || !allHandlersFinished()
    const restMs = Date.parse(held.holdExpiresAt!) - Date.now()
    if (restMs > 0 && (await condition(changed, restMs, named('result', held.holdExpiresAt!)))) return
    learn(await quick.expire(key))
    // By the clock of the database it is not over yet.
    if (known === held) await condition(changed, '1s', named('PostgreSQL’s clock to say that the hold is over'))
  }

  const openCases = async (): Promise<void> => {
    for (const [kind, snapshot] of casesToOpen) {
      const { client, serial, merchant, amountFen, discountFen, case: found } = snapshot
      await quick.openCase({ kind, client, serial, merchant, amountFen, discountFen, paidFen: found?.paidFen ?? null })
      casesOpened.add(kind)
      tellCase(kind)
      casesToOpen.delete(kind)
    }
  }

  /** Until delivered, or until something newer is to be said or done. */
  const notify = async (final: TransactionSnapshot): Promise<void> => {
    waitingFor = 'webhook'
    const scope = new CancellationScope()
    let delivered = false
    const sending = scope.run(async () => {
      await webhook.notify.executeWithOptions({ summary: `webhook: ${final.state}` }, [finalStateOf(final)])
      delivered = true
    })
    const quiet = sending.catch((failure: unknown) => {
      if (!isCancellation(failure)) throw failure
    })
    const stuck = scope.run(async () => {
      await sleep(...STUCK_AFTER)
      setCurrentDetails(details(final, 'the webhook does not accept it: see the pending activity and webhook_delivery'))
    })
    const stuckQuiet = stuck.catch(() => undefined)
    await condition(() => delivered || known !== final || casesToOpen.size > 0 || !allHandlersFinished())
    scope.cancel()
    await Promise.all([quiet, stuckQuiet])
    if (delivered) {
      notifiedVersion = final.version
      setCurrentDetails(details(final))
    }
  }

  if (!known && !asked) await condition(() => known !== undefined || asked, ...LOST_UPDATE)
  for (;;) {
    waitingFor = 'door'
    if (!allHandlersFinished()) await condition(allHandlersFinished)
    if (!known && !holdsNothing) learn(await quick.read(key))
    waitingFor = 'nothing'
    // TypeScript does not see the assignments made by handlers.
    const now = known as TransactionSnapshot | undefined
    if (now) upsertChanged(now)
    if (casesToOpen.size > 0) await openCases()
    else if (now?.state === 'held') await waitForResult(now)
    else if (now?.notify && now.version > notifiedVersion) await notify(now)
    else if (allHandlersFinished()) return endOf(now)
  }
}
