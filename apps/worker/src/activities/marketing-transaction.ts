import { LijianError, mustHoldNoCard } from '@lijian/contracts/system'
import { mustSayPaid, resultRequest, reverseRequest, transactionRequest } from '@lijian/contracts/marketing'
import type { DifferingRepeats } from '@lijian/identity'
import type { Edge } from '@lijian/privacy'
import { readSnapshot, type Transactions } from '@lijian/transactions'
import type { MarketingTransactionActivities, TransactionKey } from '@lijian/workflow-transaction'
import type { Pool } from 'pg'
import type { ClientBook } from '@lijian/notifications'
import { mustHaveAsked } from './caller'
import { parsed, refusalsAreFinal } from './refusal'

export interface DoorActivityDeps {
  transactions: Transactions
  pool: Pool
  clients: ClientBook
  /** Fills missing card facts; what comes here is tokens already. */
  edge: Edge
  /** Absent: what differs is told as it is. */
  differing?: DifferingRepeats
  now?: () => number
}

/** The Temporal door: parse, one call of the same door that HTTP uses, and the transaction as it stands afterwards. */
export function doorActivities(
  deps: DoorActivityDeps,
): Pick<MarketingTransactionActivities, 'query' | 'result' | 'expire' | 'read'> {
  const now = deps.now ?? Date.now
  const read = (key: TransactionKey) => readSnapshot(deps.pool, key)
  return {
    async query({ client, serial, payment, token }) {
      const call = { ask: 'query', client, serial, argument: payment }
      await refusalsAreFinal(() => mustHaveAsked(deps.pool, call, token))
      const { customerToken, identityTokens, earlier, ...body } = payment
      const settings = await deps.clients.get(client)
      const answer = await refusalsAreFinal(async () => {
        const given = parsed(transactionRequest, { ...body, serial })
        if (!settings) throw new LijianError('forbidden', `no client ${client}`)
        mustHoldNoCard(given, settings.serialsMayLookLikeCards)
        const { request, bodyHash } = deps.edge.query(given, { customerToken, identityTokens, earlier })
        const asked = deps.transactions.query({
          client,
          request,
          bodyHash,
          door: 'temporal',
          receivedAtMs: now(),
          deadlineMs: settings.deadlineMs ?? undefined,
          notify: settings.webhook !== null,
          mayOmitPaid: settings.mayOmitPaid,
        })
        return asked.catch((error: unknown) => {
          const isDiffering = error instanceof LijianError && error.code === 'serial_reused'
          throw isDiffering ? (deps.differing?.refusal(client, error) ?? error) : error
        })
      })
      return { answer, snapshot: answer.state === 'no_offer' ? null : await read({ client, serial }) }
    },
    async result({ client, serial, result, token }) {
      const call = { ask: 'confirm', client, serial, argument: result }
      await refusalsAreFinal(() => mustHaveAsked(deps.pool, call, token))
      const settings = await deps.clients.get(client)
      const answer = await refusalsAreFinal(async () => {
        parsed(reverseRequest, { serial })
        const given = parsed(resultRequest, result)
        mustHoldNoCard({ serial, upstreamSerial: given.upstreamSerial }, settings?.serialsMayLookLikeCards ?? false)
        mustSayPaid(given, settings?.mayOmitPaid ?? false)
        const { request, bodyHash } = deps.edge.result(given)
        return deps.transactions.result({ client, serial, request, bodyHash, door: 'temporal' })
      })
      return { answer, snapshot: await read({ client, serial }) }
    },
    async expire({ client, serial }) {
      try {
        await deps.transactions.expire(client, serial)
      } catch (error) {
        if (!(error instanceof LijianError) || error.code !== 'not_found') throw error
      }
      return read({ client, serial })
    },
    read,
  }
}
