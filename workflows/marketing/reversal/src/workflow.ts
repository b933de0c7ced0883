import { named } from '@lijian/flow-kit'
import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  sleep,
} from '@temporalio/workflow'
import {
  REVERSE_UPDATE,
  type ReverseEnd,
  type ReverseOutcome,
  type ReverseRequestInput,
  type ReverseSnapshot,
  type ReverseTransactionActivities,
} from './contract'

export const reverseUpdate = defineUpdate<ReverseOutcome['answer'], [originalSerial?: string, token?: string]>(
  REVERSE_UPDATE,
)

// One PostgreSQL round trip, retried without end: while PostgreSQL is away the reversal waits.
const quick = proxyLocalActivities<Pick<ReverseTransactionActivities, 'reverse'>>({
  startToCloseTimeout: '5s',
  localRetryThreshold: '5s',
  retry: { initialInterval: '100ms', maximumInterval: '30s' },
  summary: 'PostgreSQL',
})
// Somebody else's server: may be away for days, and must not be hammered.
const webhook = proxyActivities<Pick<ReverseTransactionActivities, 'notify'>>({
  startToCloseTimeout: '70s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
  summary: 'webhook',
})

/**
 * A reversal or void. Started by the relay, PostgreSQL has already undone the money and quota: what is left is to be findable
 * and to tell the transaction system; without a webhook that is one workflow task. Started by a client, it asks the door first.
 */
export async function reverseTransaction(input: ReverseSnapshot | ReverseRequestInput): Promise<ReverseEnd> {
  if (!('ask' in input)) {
    const { kind, originalSerial } = input
    setHandler(reverseUpdate, (of = originalSerial, token) =>
      recorded({ ...input, ask: kind, originalSerial: of, token }),
    )
    const end = await tell(input)
    await condition(allHandlersFinished)
    return end
  }
  let outcome: ReverseOutcome | undefined
  let refusal: ApplicationFailure | undefined
  setHandler(reverseUpdate, async (of = input.originalSerial, token) => {
    if (of !== input.originalSerial) return recorded({ ...input, originalSerial: of, token })
    await condition(() => outcome !== undefined || refusal !== undefined)
    // Somebody else has started it: who asks by this update is to be heard all the same.
    if (token !== undefined && token !== input.token) return recorded({ ...input, token })
    if (refusal) throw refusal
    return outcome!.answer
  })
  try {
    outcome = await quick.reverse(input)
  } catch (failure) {
    // A refusal is an expected end: whoever asked reads it as the answer of the update. A local activity's comes unwrapped.
    const cause = failure instanceof ActivityFailure ? failure.cause : failure
    if (!(cause instanceof ApplicationFailure)) throw failure
    refusal = cause
  }
  const refusedBy = refusal?.type ?? 'unknown'
  if (!outcome) setCurrentDetails(`**${input.ask}** of ${input.originalSerial}: refused, ${refusedBy}`)
  const end = outcome ? await tell(outcome.snapshot) : { state: 'refused' as const, reason: refusedBy }
  await condition(allHandlersFinished)
  return end
}

/** This serial has its reverse transaction: PostgreSQL answers the same again, or refuses another original. */
async function recorded({
  ask,
  client,
  serial,
  originalSerial,
  token,
}: ReverseRequestInput): Promise<ReverseOutcome['answer']> {
  try {
    return (await quick.reverse({ ask, client, serial, originalSerial, token })).answer
  } catch (failure) {
    // The caller of the update reads the refusal itself, not that an activity failed.
    throw failure instanceof ActivityFailure && failure.cause ? failure.cause : failure
  }
}

async function tell(reverse: ReverseSnapshot): Promise<ReverseEnd> {
  const { kind, client, serial, originalSerial, state, merchant, offers, businessDate } = reverse
  const line = `**${kind}** ${serial} of ${originalSerial}: ${state} on ${businessDate}`
  setCurrentDetails(line)
  const { amountFen, discountFen, payableFen } = reverse
  const money = { amountFen, discountFen, payableFen }
  const end = { state, originalSerial, merchant, ...money, offers, businessDate }
  if (!reverse.notify) return end
  const watch = new CancellationScope()
  const watching = watch
    .run(async () => {
      await sleep('1m', named('webhook, which is said to be stuck after a minute'))
      setCurrentDetails(`${line}\n\n⚠ the webhook does not accept it: see the pending activity and webhook_delivery`)
    })
    .catch(() => undefined)
  const about = { about: kind, client, serial, originalSerial, version: 1, state, merchant }
  await webhook.notify.executeWithOptions({ summary: `webhook: ${state}` }, [
    { ...about, ...money, offers, businessDate },
  ])
  watch.cancel()
  await watching
  setCurrentDetails(line)
  return end
}
