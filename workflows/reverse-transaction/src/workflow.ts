import { proxyActivities, setCurrentDetails, sleep, CancellationScope } from '@temporalio/workflow'
import type { ReverseSnapshot, ReverseTransactionActivities } from './contract'

// Somebody else's server: may be away for days, and must not be hammered.
const webhook = proxyActivities<ReverseTransactionActivities>({
  startToCloseTimeout: '70s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
  summary: 'webhook',
})

/**
 * A reversal or void. PostgreSQL has already undone the money and quota when this starts; what is left is to be findable and
 * to tell the transaction system. Without a webhook it ends in its first workflow task.
 */
export async function reverseTransaction(reverse: ReverseSnapshot): Promise<ReverseSnapshot['state']> {
  const line = `**${reverse.kind}** ${reverse.serial} of ${reverse.originalSerial}: ${reverse.state} on ${reverse.businessDate}`
  setCurrentDetails(line)
  if (!reverse.notify) return reverse.state
  const watch = new CancellationScope()
  const watching = watch
    .run(async () => {
      await sleep('1m')
      setCurrentDetails(`${line}\n\n⚠ the webhook does not accept it: see the pending activity and webhook_delivery`)
    })
    .catch(() => undefined)
  const { kind, client, serial, originalSerial, state, merchant, amountFen, discountFen, payableFen, offers } = reverse
  const { businessDate } = reverse
  await webhook.notify({
    about: kind,
    client,
    serial,
    originalSerial,
    version: 1,
    state,
    merchant,
    amountFen,
    discountFen,
    payableFen,
    offers,
    businessDate,
  })
  watch.cancel()
  await watching
  setCurrentDetails(line)
  return state
}
