import { reverseRequest } from '@lijian/contracts/marketing'
import { mustHoldNoCard } from '@lijian/contracts/system'
import type { ClientBook } from '@lijian/notifications'
import { hashOf } from '@lijian/privacy'
import { readSnapshot, type Transactions } from '@lijian/transactions'
import { ApplicationFailure } from '@temporalio/common'
import type { ReverseRequestInput, ReverseOutcome } from '@lijian/workflow-reversal'
import type { Pool } from 'pg'
import { mustHaveAsked } from './caller'
import { parsed, refusalsAreFinal } from './refusal'

/** Reversal or void through the Temporal door: one call of the same door that HTTP uses. */
export async function reverse(
  { transactions, pool, clients }: { transactions: Transactions; pool: Pool; clients: ClientBook },
  input: ReverseRequestInput,
): Promise<ReverseOutcome> {
  const { ask: kind, client, serial, originalSerial, token } = input
  // The hash of the same request over HTTP.
  const bodyHash = hashOf([kind, originalSerial, { serial }])
  const answer = await refusalsAreFinal(async () => {
    await mustHaveAsked(pool, { ask: kind, client, serial, argument: originalSerial }, token)
    parsed(reverseRequest, { serial: originalSerial })
    parsed(reverseRequest, { serial })
    const settings = await clients.get(client)
    mustHoldNoCard({ originalSerial, serial }, settings?.serialsMayLookLikeCards ?? false)
    return transactions.reverse({ client, originalSerial, serial, kind, bodyHash, door: 'temporal' })
  })
  const original = await readSnapshot(pool, { client, serial: originalSerial })
  if (!original) throw ApplicationFailure.retryable('the original is recorded but cannot be read')
  const { merchant, campaigns, offers, partners, notify } = original
  const { state, amount, discount, payable, businessDate } = answer
  const money = { amountFen: amount, discountFen: discount, payableFen: payable }
  const about = { client, serial, originalSerial, kind, state, merchant, campaigns, offers, partners }
  return { answer, snapshot: { ...about, ...money, businessDate, notify } }
}
