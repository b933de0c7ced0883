import type { RouteRow } from './route-rows'
import type { CounterRow, JournalDetail, ReverseRow, TransactionRow } from './rows'

/** A transaction to write: the whole new row, and the version that the decision saw (0: there was none). */
export interface TransactionWrite {
  row: TransactionRow
  expected: number
  /** A result or a reverse transaction is recorded: the database fixes the business date unless there is one. */
  dated: boolean
}

/** One counter of a batch: its deltas and the interval of room `[lo, hi)` for which the batch's decisions are right. */
export interface CounterWrite {
  key: string
  limitFen: number | null
  limitCount: number | null
  version: number
  heldFen: number
  heldCount: number
  usedFen: number
  usedCount: number
  overFen: number
  overCount: number
  loFen: number
  hiFen: number
  loCount: number
  hiCount: number
  want: boolean
}

export interface ReverseWrite {
  client: string
  serial: string
  originalSerial: string
  kind: ReverseRow['kind']
  state: ReverseRow['state']
  bodyHash: string
  answer: object
  /** It is there already and goes on: a refund. Its original's version guards it. */
  expected: boolean
  /** What happened is recorded: the database fixes the business date. */
  dated: boolean
}

/** One event of money: what it posts (debits positive, credits negative), and what files and statements will show of it. */
export interface JournalWrite {
  event: 'capture' | 'void' | 'reversal' | 'refund'
  client: string
  serial: string
  originalSerial: string | null
  merchant: string
  clearingSystem: string
  detail: JournalDetail
  accounts: string[]
  amountsFen: number[]
}

export interface EventWrite {
  client: string
  serial: string
  workflowId: string
  workflowType: string
  snapshot: object
  delayMs: number
  /** The snapshot's businessDate is the one that this statement fixes. */
  dated: boolean
}

/** A transaction or route that a decision rests on without changing it: it still has this version (0: it still does not exist). */
export interface RowGuard {
  client: string
  serial: string
  expected: number
}

/** A route to write: the whole new row, and the version that the decision saw (0: there was none). */
export interface RouteWrite {
  row: RouteRow
  expected: number
}

/** One payment through a pool that counts for the pool's success rate. */
export interface OutcomeWrite {
  pool: string
  ok: boolean
  /** It was sent although the pool was out for its rate. */
  probe: boolean
}

/** What a card above its scheme's threshold means for the merchant it pays at. */
export interface OverRule {
  threshold: number
  cardsOver: number
  remindHours: number
  scheme?: string
  /** With which the merchant's payments of this batch were made. */
  methods: string[]
  /** Nearest first. */
  parents: string[]
}

/** Payments of one card in one period, at a merchant or under a parent: so many more, or (0) only asked for. */
export interface UsageWrite {
  kind: 'merchant' | 'parent'
  holder: string
  period: string
  cardToken: string
  add: number
  over?: OverRule
}

export interface Batch {
  transactions: TransactionWrite[]
  guards: RowGuard[]
  routes: RouteWrite[]
  routeGuards: RowGuard[]
  outcomes: OutcomeWrite[]
  usages: UsageWrite[]
  counters: CounterWrite[]
  refs: string[]
  reverses: ReverseWrite[]
  journal: JournalWrite[]
  events: EventWrite[]
}

/** `nowMs`: PostgreSQL's clock when it answered. */
export type Applied =
  /** `usages`: how many there are now, in the order of the batch's. */
  | { stale: false; nowMs: number; businessDate: string; counters: CounterRow[]; usages: number[] }
  | {
      stale: true
      nowMs: number
      transactions: TransactionRow[]
      routes: RouteRow[]
      counters: CounterRow[]
      suspended: string[]
    }
