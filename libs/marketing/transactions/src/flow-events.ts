import type { FlowEvent, FlowEvents } from '@lijian/contracts/system'
import {
  searchAttributesOf,
  summaryOf,
  WORKFLOW_TYPE,
  type LijianSearchAttribute,
  type TransactionSnapshot,
} from '@lijian/workflow-transaction'
import { WORKFLOW_TYPE as REVERSE_WORKFLOW_TYPE, type ReverseSnapshot } from '@lijian/workflow-reversal'

/**
 * Outbox rows of these two flows hold the snapshot alone: the payment path writes them, and `apply` dates the snapshot. The outbox asks here
 * for the rest when it delivers.
 */
export const transactionFlowEvents: FlowEvents = {
  [WORKFLOW_TYPE]: transactionFlowEvent,
  [REVERSE_WORKFLOW_TYPE]: reverseFlowEvent,
}

/** An older snapshot that carries a case travels behind the newest, so that handing over only the newest loses no case. */
function transactionFlowEvent(snapshot: TransactionSnapshot): FlowEvent {
  const { client, serial, version } = snapshot
  return {
    version,
    start: [{ client, serial }],
    summary: summaryOf(snapshot),
    attributes: searchAttributesOf(snapshot).map(attribute),
    body: snapshot,
    signal: 'body',
    keep: snapshot.case !== null,
  }
}

/** A reversal or void is done when it is told: its flow starts once and hears nothing more. */
function reverseFlowEvent(reverse: ReverseSnapshot): FlowEvent {
  return {
    version: 1,
    start: [reverse],
    summary: `${reverse.kind} of ${reverse.originalSerial}, ${summaryOf(reverse)}`,
    attributes: searchAttributesOf(reverse).map(attribute),
    body: reverse,
    signal: 'none',
    reuse: 'never',
  }
}

const attribute = ({ key, value }: LijianSearchAttribute) => ({ ...key, value })
