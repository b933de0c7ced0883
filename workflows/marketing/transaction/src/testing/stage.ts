import { testTemporal, testWorkflowBundle, type TestTemporal } from '@lijian/testing'
import { Worker } from '@temporalio/worker'
import {
  CHANGED_SIGNAL,
  searchAttributesOf,
  summaryOf,
  transactionWorkflowId,
  WORKFLOW_TYPE,
  type FinalState,
  type MarketingTransactionActivities,
  type OpenCaseInput,
  type TransactionSnapshot,
} from '../contract'

let lastSerial = 0
export const freshSerial = (): string => `S${process.pid}-${Date.now().toString(36)}-${++lastSerial}`

/** A transaction of 100.00 with 15.00 off, held; a test says what differs. */
export function snapshot(differs: Partial<TransactionSnapshot>): TransactionSnapshot {
  return {
    client: 'till',
    serial: 'S1',
    version: 1,
    state: 'held',
    merchant: 'M0001',
    campaigns: ['CCB-2026-Q4'],
    offers: ['CCB-2026-Q4-FOOD'],
    partners: ['CCB', '@merchant'],
    amountFen: 10000,
    discountFen: 1500,
    payableFen: 8500,
    feeFinalFen: 51,
    feeSavedFen: 0,
    holdExpiresAt: new Date(Date.now() + 900_000).toISOString(),
    businessDate: null,
    case: null,
    notify: false,
    ...differs,
  }
}

/** Stands for the worker's activities: transactions as the database would have them, and what was asked of the outside. */
export class Outside implements MarketingTransactionActivities {
  readonly stored = new Map<string, TransactionSnapshot>()
  readonly cases: OpenCaseInput[] = []
  readonly notified: FinalState[] = []
  readonly calls: string[] = []
  /** Called before each activity; throws to play an outage. */
  before: (activity: string) => void = () => undefined
  /** The database's clock says that it is too early. */
  expireNothing: () => boolean = () => false

  reset(): void {
    this.stored.clear()
    for (const list of [this.cases, this.notified, this.calls]) list.length = 0
    this.before = () => undefined
    this.expireNothing = () => false
  }

  #called(name: string): void {
    this.calls.push(name)
    this.before(name)
  }
  #answer(serial: string) {
    const now = this.stored.get(serial)
    return { serial, state: now?.state ?? ('no_offer' as const), discount: now?.discountFen ?? 0, offers: [] }
  }
  query: MarketingTransactionActivities['query'] = async ({ serial, payment }) => {
    this.#called('query')
    // 0.01 stands for a payment without an offer.
    if (payment.amount > 1 && !this.stored.has(serial))
      this.stored.set(serial, snapshot({ serial, amountFen: payment.amount }))
    return { answer: this.#answer(serial), snapshot: this.stored.get(serial) ?? null }
  }
  result: MarketingTransactionActivities['result'] = async ({ serial, result }) => {
    this.#called('result')
    const now = this.stored.get(serial)
    if (now?.state === 'held') {
      const state = result.outcome === 'success' ? 'confirmed' : 'cancelled'
      this.stored.set(serial, { ...now, version: now.version + 1, state, businessDate: '2026-11-23' })
    }
    return { answer: this.#answer(serial), snapshot: this.stored.get(serial) ?? null }
  }
  expire: MarketingTransactionActivities['expire'] = async ({ serial }) => {
    this.#called('expire')
    const now = this.stored.get(serial)
    if (now?.state === 'held' && !this.expireNothing())
      this.stored.set(serial, { ...now, version: now.version + 1, state: 'expired' })
    return this.stored.get(serial) ?? null
  }
  read: MarketingTransactionActivities['read'] = async ({ serial }) => {
    this.#called('read')
    return this.stored.get(serial) ?? null
  }
  openCase: MarketingTransactionActivities['openCase'] = async (input) => {
    this.#called('openCase')
    this.cases.push(input)
  }
  notify: MarketingTransactionActivities['notify'] = async (state) => {
    this.#called('notify')
    this.notified.push(state)
  }
}

export interface Stage {
  temporal: TestTemporal
  bundle: { codePath: string }
  outside: Outside
  taskQueue: string
  /** Runs a worker while the test body runs. */
  play<T>(body: () => Promise<T>): Promise<T>
  /** What the relay does. */
  relay(snapshots: [TransactionSnapshot, ...TransactionSnapshot[]]): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const temporal = await testTemporal()
  const bundle = await testWorkflowBundle()
  const outside = new Outside()
  // Test files run side by side.
  const taskQueue = `marketing-transaction-${freshSerial()}`
  return {
    taskQueue,
    temporal,
    bundle,
    outside,
    async play(body) {
      const { query, result, expire, read, openCase, notify } = outside
      const worker = await Worker.create({
        connection: temporal.native,
        taskQueue,
        workflowBundle: bundle,
        activities: { query, result, expire, read, openCase, notify },
      })
      return worker.runUntil(body)
    },
    async relay(snapshots) {
      const [newest] = snapshots
      const { client, serial } = newest
      await temporal.client.workflow.signalWithStart(WORKFLOW_TYPE, {
        workflowId: transactionWorkflowId(client, serial),
        taskQueue,
        args: [{ client, serial }],
        signal: CHANGED_SIGNAL,
        signalArgs: snapshots,
        typedSearchAttributes: searchAttributesOf(newest),
        staticSummary: summaryOf(newest),
      })
    },
  }
}
