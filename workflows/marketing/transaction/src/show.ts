import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow'
import { searchAttributesOf, summaryOf, type FinalState, type TransactionSnapshot } from './contract'

/** Markdown for the Temporal UI: what a person on call wants to know first. */
export function details(snapshot: TransactionSnapshot, trouble?: string): string {
  const lines = [
    `**${snapshot.state}** · ${summaryOf(snapshot)}`,
    ...(trouble ? [`⚠ ${trouble}`] : []),
    ...(snapshot.case ? [`case: ${snapshot.case.kind}`] : []),
    ...(snapshot.state === 'held' ? [`held until ${snapshot.holdExpiresAt}`] : []),
    ...(snapshot.businessDate ? [`business date ${snapshot.businessDate}`] : []),
    `client ${snapshot.client}, serial ${snapshot.serial}, version ${snapshot.version}`,
  ]
  return lines.join('\n\n')
}

/** An upsert is an event and a write of the visibility store: only what differs from the start is sent. */
export function upsertChanged(snapshot: TransactionSnapshot): void {
  const current = workflowInfo().typedSearchAttributes
  const changed = searchAttributesOf(snapshot).filter(
    ({ key, value }) => JSON.stringify(current.get(key)) !== JSON.stringify(value),
  )
  if (changed.length > 0) upsertSearchAttributes(changed)
}

export function finalStateOf(snapshot: TransactionSnapshot): FinalState {
  const { client, serial, version, state, merchant, amountFen, discountFen, payableFen, feeFinalFen, offers } = snapshot
  return {
    about: 'transaction',
    client,
    serial,
    version,
    state,
    merchant,
    amountFen,
    discountFen,
    payableFen,
    feeFinalFen,
    offers,
    businessDate: snapshot.businessDate,
  }
}
