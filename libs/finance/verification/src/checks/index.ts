import type { Scan } from '../check'
import { auditChecks } from './audit'
import { cardUsageChecks } from './card-usage'
import { caseChecks } from './cases'
import { clearingChecks } from './clearing'
import { counterChecks } from './counters'
import { currencyChecks } from './currencies'
import { cycleChecks } from './cycles'
import { dayChecks } from './days'
import { fundChecks, spentChecks } from './funds'
import { journalChecks } from './journal'
import { recordChecks } from './records'
import { rollUpChecks } from './roll-ups'
import { routeChecks } from './routes'
import { transactionChecks } from './transactions'

/** Payments: what they hold, use, give, return and post; the dates on which it is posted. */
export const PAYMENT_CHECKS: readonly Scan[] = [
  ...journalChecks,
  ...counterChecks,
  ...spentChecks,
  ...currencyChecks,
  ...transactionChecks,
  ...routeChecks,
  ...dayChecks,
  ...rollUpChecks,
  ...recordChecks,
]

/** What finance does with it: partners' money, clearing files and settlements, cycles, cases. */
export const MONEY_CHECKS: readonly Scan[] = [...fundChecks, ...clearingChecks, ...cycleChecks, ...caseChecks]

/** Every invariant of the books that PostgreSQL alone can answer; tests, `./lijian verify` and the bench all run these. */
export const CHECKS: readonly Scan[] = [...PAYMENT_CHECKS, ...cardUsageChecks, ...MONEY_CHECKS, ...auditChecks]
