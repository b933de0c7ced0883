/**
 * The advisory locks of the house: one number, one meaning. Locks of one key and of two keys are different locks for PostgreSQL, but nobody who
 * reads `pg_locks` should have to know. SQL functions write the number; a test finds every one and holds it against this table.
 */
export const LOCKS = {
  /** One process at a time brings the database up to date. */
  migrations: 7201,
  /** (…, lane): of many relays one works on a lane. */
  outboxLane: 7208,
  /** (…, import): held by the process that reads a file into a group, so a lock that is gone says that it was cut off. */
  groupImport: 7203,
  /** Outcomes of routes are folded into health by one at a time. */
  routeOutcomes: 7204,
  /** Routing documents are put one after another. */
  routingDocuments: 7205,
  /** One process at a time tells what capacity is left. */
  capacitySweep: 7206,
  /** Changes of documents are numbered in the order in which they are committed. */
  changes: 7202,
  /** Days of the decision log are opened and dropped by one at a time. In SQL. */
  decisionDays: 7209,
  /** (…, merchant and method): a card that went over its allowance becomes one case. In SQL. */
  cardWentOver: 7210,
  /** Months of the audit are opened and dropped by one at a time. In SQL. */
  auditMonths: 7221,
  /** The audit is sealed by one at a time; who writes events does not wait for it. In SQL. */
  auditSeal: 7222,
  /** (…, date): what freezes a business date waits for those who still write into it. In SQL. */
  businessDate: 7301,
  /** Business dates are sealed one after another. In SQL. */
  seal: 7302,
  /** Dates are opened by one at a time, so that none is left out. */
  clearingDates: 7303,
  /** (…, file): held by the process that reads a bill, so that others see whether it lives. */
  billImport: 7304,
  /** (…, source and scope): bills of one scope are accepted one after another. */
  billScope: 7305,
  /** (…, source, scope and date): a date is reconciled by one at a time. In SQL. */
  reconciledDay: 7306,
  /** (…, partner): a partner's statements are made one after another. */
  partnerCycles: 7307,
  /** One settlement at a time. */
  settlement: 7308,
  /** (…, request): the same report asked for twice at once is one run. */
  reportRequest: 7309,
  /** (…, kind and subject): of two later versions at once the second takes the place of the first. */
  proposalOf: 7211,
  /** (…, issuer and subject): of two first sign-ins of a person at once one makes it. */
  providedPerson: 7401,
} as const
