import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import type { FlowEvent } from '@lijian/contracts/system'
import type { EventWrite, StoredRefund, TransactionRow } from '@lijian/database'
import {
  transactionWorkflowId,
  WORKFLOW_TYPE,
  type CaseKind,
  type TransactionSnapshot,
} from '@lijian/workflow-transaction'
import {
  reverseWorkflowId,
  WORKFLOW_TYPE as REVERSE_WORKFLOW_TYPE,
  type ReverseSnapshot,
} from '@lijian/workflow-reversal'
import {
  refundAttributes,
  refundSummary,
  refundWorkflowId,
  WORKFLOW_TYPE as REFUND_WORKFLOW_TYPE,
  type RefundSnapshot,
} from '@lijian/workflow-refund'

/** Whom a transaction concerns: also those whose offers were released since, so that its case is found under their names. */
function concerned({
  record,
}: TransactionRow): Pick<TransactionSnapshot, 'campaigns' | 'offers' | 'partners' | 'currency'> {
  const currency = record.facts?.currency ?? DEFAULT_CURRENCY
  const offers = [...record.offers, ...record.released]
  return {
    campaigns: [...new Set(offers.map((offer) => offer.campaign))],
    offers: [...new Set(offers.map((offer) => offer.code))],
    partners: [...new Set(offers.flatMap((offer) => offer.funders.map((share) => share.partner)))],
    ...(currency === DEFAULT_CURRENCY ? {} : { currency }),
  }
}

/** The whole state of a transaction after one change, without anything personal. */
export function snapshotOf(row: TransactionRow, wrong: CaseKind | null = null): TransactionSnapshot {
  const { record } = row
  return {
    client: row.client,
    serial: row.serial,
    version: row.version,
    state: row.state,
    merchant: row.merchant,
    ...concerned(row),
    amountFen: row.amountFen,
    discountFen: record.discountFen,
    payableFen: row.payableFen,
    feeFinalFen: record.fee.final,
    feeSavedFen: record.fee.saved,
    holdExpiresAt: row.holdExpiresAt,
    businessDate: row.businessDate,
    case: wrong === null ? null : { kind: wrong, paidFen: record.result?.paidFen ?? null },
    notify: record.notify,
  }
}

/** What the transaction's workflow has to learn. A hold waits `delayMs`, so that a quick result travels with it. */
export function transactionEvent(
  row: TransactionRow,
  options: { delayMs?: number; dated?: boolean; wrong?: CaseKind | null } = {},
): EventWrite {
  return {
    client: row.client,
    serial: row.serial,
    workflowId: transactionWorkflowId(row.client, row.serial),
    workflowType: WORKFLOW_TYPE,
    snapshot: snapshotOf(row, options.wrong ?? null),
    delayMs: options.delayMs ?? 0,
    dated: (options.dated ?? false) && row.businessDate === null,
  }
}

/** A reverse transaction's own workflow; ordered with its original's events. */
export function reverseEvent(row: TransactionRow, kind: 'reversal' | 'void', serial: string): EventWrite {
  const snapshot: ReverseSnapshot = {
    client: row.client,
    serial,
    originalSerial: row.serial,
    kind,
    state: kind === 'void' ? 'voided' : 'reversed',
    merchant: row.merchant,
    ...concerned(row),
    amountFen: row.amountFen,
    discountFen: row.record.discountFen,
    payableFen: row.payableFen,
    businessDate: '',
    notify: row.record.notify,
  }
  return {
    client: row.client,
    serial: row.serial,
    workflowId: reverseWorkflowId(kind, row.client, serial),
    workflowType: REVERSE_WORKFLOW_TYPE,
    snapshot,
    delayMs: 0,
    dated: true,
  }
}

/** A refund's own workflow learns how it stands; ordered with its original's events. `state`: of the refund, or of the original when done. */
export function refundEvent(row: TransactionRow, refund: StoredRefund, state: RefundSnapshot['state']): EventWrite {
  const { client, serial, merchant, record } = row
  const snapshot: RefundSnapshot = {
    client,
    serial: refund.serial,
    originalSerial: serial,
    state,
    merchant,
    ...concerned(row),
    amountFen: refund.amountFen,
    payerFen: refund.part?.payerFen ?? null,
    discountFen: refund.part?.discountFen ?? null,
    since: refund.at,
    notify: record.notify,
  }
  const event: FlowEvent = {
    version: row.version,
    start: [{ client, serial: refund.serial, originalSerial: serial }],
    summary: refundSummary(snapshot),
    attributes: refundAttributes(snapshot),
    body: snapshot,
  }
  return {
    client,
    serial,
    workflowId: refundWorkflowId(client, refund.serial),
    workflowType: REFUND_WORKFLOW_TYPE,
    snapshot: event,
    delayMs: 0,
    dated: false,
  }
}
