import { moneyTextNamed } from '@lijian/money'
import { patched, setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow'
import {
  SEARCH_ATTRIBUTES,
  searchAttributesOf,
  summaryOf,
  type CaseKind,
  type FinalState,
  type TransactionEnd,
  type TransactionSnapshot,
} from './contract'

/** Markdown for the Temporal UI: what a person on call wants to know first. */
export function details(snapshot: TransactionSnapshot, trouble?: string): string {
  const lines = [
    `**${snapshot.state}** · ${summaryOf(snapshot)}`,
    `to pay ${moneyTextNamed(snapshot.payableFen, snapshot.currency)}`,
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

/** So that people find payments with a case. Flows that began before this did not tell it. */
export function tellCase(kind: CaseKind): void {
  const key = SEARCH_ATTRIBUTES.case
  if (workflowInfo().typedSearchAttributes.get(key) !== kind && patched('case-is-told'))
    upsertSearchAttributes([{ key, value: kind }])
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

/** What the flow returns; its details then say what stays true, whatever a later run of this id learns. */
export function endOf(snapshot: TransactionSnapshot | undefined): TransactionEnd {
  if (snapshot === undefined) {
    setCurrentDetails('**no_offer** · PostgreSQL holds nothing for this serial')
    return { state: 'no_offer' }
  }
  const { state, version, merchant, currency, amountFen, discountFen, payableFen, feeSavedFen, offers } = snapshot
  setCurrentDetails(
    `${details(snapshot)}\n\nended with version ${version}: what came later is another run of this workflow id`,
  )
  return {
    state,
    version,
    merchant,
    ...(currency === undefined ? {} : { currency }),
    amountFen,
    discountFen,
    payableFen,
    ...(feeSavedFen > 0 ? { feeSavedFen } : {}),
    offers,
    businessDate: snapshot.businessDate,
  }
}
