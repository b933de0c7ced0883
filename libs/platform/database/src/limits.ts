/** How long what is done over a connection may take, in milliseconds. No connection of the house is without them. */
export interface Limits {
  /** For a connection, or for a free one of the pool. A starved machine needs seconds: a low limit keeps a process away from a PostgreSQL that is up. */
  connect: number
  /** For one statement; PostgreSQL cancels it. */
  statement: number
  /** For a lock. */
  lock: number
  /** Between two statements of a transaction; PostgreSQL ends the session and frees its locks. */
  idleInTransaction: number
  /** Without a byte of the answer; the connection is then dead, and is ended. */
  silence: number
  /** After that silence a second connection asks PostgreSQL first whether it works on the statement: a long statement needs no long wait for the dead. */
  asks?: true
}

const SECOND = 1000
const MINUTE = 60 * SECOND

/**
 * All limits, by what a connection is for; docs/reference/connections.md says the same. Where nobody asks, `silence` is above `statement`: PostgreSQL's
 * own word comes first, so silence means that the road is dead.
 */
export const LIMITS = {
  /** One batch of payments. What stays locked for longer is waited for aside (libs/core/admission), so that it stops nobody else. */
  batches: { connect: 10 * SECOND, statement: 4 * SECOND, lock: 100, idleInTransaction: 2 * SECOND, silence: 4500 },
  /** Beside payments: a page of the decision log, a dry run. */
  payments: {
    connect: 10 * SECOND,
    statement: 5 * SECOND,
    lock: 5 * SECOND,
    idleInTransaction: 2 * SECOND,
    silence: 5500,
  },
  /** What is read again each second: keys, documents, success rates. A new attempt follows. */
  polls: {
    connect: 10 * SECOND,
    statement: 3 * SECOND,
    lock: 3 * SECOND,
    idleInTransaction: 5 * SECOND,
    silence: 3500,
  },
  /** Lists and explanations. */
  reading: {
    connect: 10 * SECOND,
    statement: 30 * SECOND,
    lock: 30 * SECOND,
    idleInTransaction: 30 * SECOND,
    silence: 2 * SECOND,
    asks: true,
  },
  /** The relay's lanes. Its transactions are idle while Temporal is told: twice 10 s at most, see `Relay`. */
  relay: {
    connect: 10 * SECOND,
    statement: 10 * SECOND,
    lock: 5 * SECOND,
    idleInTransaction: 25 * SECOND,
    silence: 11 * SECOND,
  },
  /** Documents and changes of people, files, runs and flows: from a row to a bill of a million lines. */
  work: {
    connect: 10 * SECOND,
    statement: 15 * MINUTE,
    lock: 5 * MINUTE,
    idleInTransaction: 15 * MINUTE,
    silence: 3 * SECOND,
    asks: true,
  },
  /** Rows of a report: one snapshot, and statements of a million rows; what takes longer is asked for in parts. */
  reports: {
    connect: 10 * SECOND,
    statement: 30 * MINUTE,
    lock: 10 * SECOND,
    idleInTransaction: 5 * MINUTE,
    silence: 3 * SECOND,
    asks: true,
  },
  /** Migrations, and the recomputing of all books. */
  whole: {
    connect: 10 * SECOND,
    statement: 4 * 60 * MINUTE,
    lock: 60 * MINUTE,
    idleInTransaction: 60 * MINUTE,
    silence: 5 * SECOND,
    asks: true,
  },
} as const satisfies Record<string, Limits>

/** PostgreSQL looks after us too: the session of a process that vanished ends within half a minute, not after the two hours of its default. */
const SERVER = [
  'tcp_keepalives_idle=10',
  'tcp_keepalives_interval=5',
  'tcp_keepalives_count=3',
  'tcp_user_timeout=25000',
  'client_connection_check_interval=10000',
]
  .map((setting) => `-c ${setting}`)
  .join(' ')

/** What pg takes, for a client and for a pool. Settings in the URL are an operator's own and win. */
export function settingsOf(url: string, limits: Limits) {
  const { rest, options } = withoutOptions(url)
  return {
    connectionString: rest,
    connectionTimeoutMillis: limits.connect,
    statement_timeout: limits.statement,
    lock_timeout: limits.lock,
    idle_in_transaction_session_timeout: limits.idleInTransaction,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10 * SECOND,
    options: [SERVER, options].join(' ').trim(),
  }
}

/** pg takes `options` of the URL in place of ours; both must go to PostgreSQL. */
function withoutOptions(url: string): { rest: string; options: string } {
  if (!URL.canParse(url)) return { rest: url, options: '' }
  const parsed = new URL(url)
  const options = parsed.searchParams.get('options')
  if (options === null) return { rest: url, options: '' }
  parsed.searchParams.delete('options')
  return { rest: parsed.toString(), options }
}
