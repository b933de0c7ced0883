import type { Scan } from '../check'
import { counterChecks } from './counters'
import { dayChecks } from './days'
import { fundChecks } from './funds'
import { journalChecks } from './journal'
import { transactionChecks } from './transactions'

/** Every invariant of the books that PostgreSQL alone can answer; tests, `./lijian verify` and the bench all run these. */
export const CHECKS: readonly Scan[] = [
  ...journalChecks,
  ...counterChecks,
  ...fundChecks,
  ...transactionChecks,
  ...dayChecks,
]
