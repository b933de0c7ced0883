import type { Key, LockableRow } from '@lijian/database'
import { BatchView, keyOf, type Finish } from './batch-view'
import type { BatchMemory } from './memory'

/** One request on its way through a batch. */
export interface Work<T> {
  /** Rows that must be known, not assumed, before deciding. */
  transactions?: Key[]
  reverses?: Key[]
  routes?: Key[]
  /** Decides against the view; throws LijianError before it has changed anything. */
  decide: (view: BatchView) => Finish<T>
  /** Nobody waits for it any more: it is dropped before it is decided. */
  abandoned?: () => boolean
}

export interface Waiting {
  work: Work<unknown>
  sinceMs: number
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

export type Decided = { finish: Finish<unknown> } | { error: unknown }

export function decide(work: Work<unknown>, view: BatchView): Decided {
  try {
    return { finish: work.decide(view) }
  } catch (error) {
    return { error }
  }
}

export function unique(keys: Key[]): Key[] {
  return [...new Map(keys.map((key) => [keyOf(key.client, key.serial), key])).values()]
}

/** The rows that this decision would lock if it were alone. In a batch they may be others: then they are found out. */
export function rowsOf(work: Work<unknown>, memory: BatchMemory): LockableRow[] {
  const view = new BatchView(memory)
  decide(work, view)
  const { transactions, guards, routes, routeGuards, counters } = view.batch()
  const keyed = (table: 'transaction' | 'route', keys: Key[]) =>
    keys.map(({ client, serial }) => ({ table, client, key: serial }))
  return [
    ...counters.map(({ key }) => ({ table: 'counter' as const, client: '', key })),
    ...keyed('transaction', [...transactions.map(({ row }) => row), ...guards]),
    ...keyed('route', [...routes.map(({ row }) => row), ...routeGuards]),
  ]
}
