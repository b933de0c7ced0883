/** SQLSTATEs after which the same batch, decided again on fresh rows, can succeed. */
const DECIDE_AGAIN: Record<string, string> = {
  '23505': 'unique_violation: another process inserted the same serial or counter first',
  '23514': 'check_violation: another process used the room of a counter that did not exist a moment ago',
  '40001': 'serialization_failure',
  '40P01': 'deadlock_detected',
}

/** SQLSTATEs and errno codes that mean PostgreSQL, or the connection to it, is away or going away. */
const AWAY = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now: starting up or shutting down
  '57P05', // idle_session_timeout
  '25P03', // idle_in_transaction_session_timeout: this process stood still
  '53000', // insufficient_resources
  '53100', // disk_full
  '53200', // out_of_memory
  '53300', // too_many_connections
  '53400', // configuration_limit_exceeded: of temporary files
  '58030', // io_error
  '25006', // read_only_sql_transaction: a standby, or a primary being demoted
  '08000',
  '08001',
  '08003',
  '08004',
  '08006', // connection exceptions
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** pg reports a lost connection without a code; these are its sentences. */
const LOST =
  /^(Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|timeout exceeded when trying to connect|timeout expired|Query read timeout)/

/** A quota, or a file that may not grow: the system's errors that PostgreSQL has no SQLSTATE for come as internal_error. */
const INTERNAL_ERROR = 'XX000'
const NO_FILE = /^could not (open|read|write|extend|create|truncate|fsync|access|rename|remove|flush) /

const LOCK_NOT_AVAILABLE = '55P03'
const QUERY_CANCELED = '57014'

/** The SQLSTATE or errno of whatever was thrown. */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined

export const isDecideAgain = (error: unknown): boolean => (codeOf(error) ?? '') in DECIDE_AGAIN

/** Somebody else kept a row longer than this statement was willing to wait (`lock_timeout`). */
export const isLocked = (error: unknown): boolean => codeOf(error) === LOCK_NOT_AVAILABLE

/** The statement took longer than it may (`statement_timeout`); nothing of it was written. */
export const isTooSlow = (error: unknown): boolean => codeOf(error) === QUERY_CANCELED

/** The connection is lost, or PostgreSQL is away: the statement may have been committed all the same. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error)
  const says = (pattern: RegExp) => error instanceof Error && pattern.test(error.message)
  if (code === undefined) return says(LOST)
  return AWAY.has(code) || (code === INTERNAL_ERROR && says(NO_FILE))
}

/** PostgreSQL does not answer now, for whatever reason: the same can succeed later. */
export const isDatabaseAway = (error: unknown): boolean =>
  isConnectionLost(error) || isTooSlow(error) || isLocked(error)

/** PostgreSQL cannot store a text of it: U+0000, or half of a surrogate pair. */
export function isBadText(error: unknown): boolean {
  const code = codeOf(error)
  // 22P02 has many causes; of JSON that JSON.stringify made, only half of a surrogate pair.
  const isJson = code === '22P02' && error instanceof Error && /type json/.test(error.message)
  return code === '22021' || code === '22P05' || isJson
}

/** What PostgreSQL refused, without the data that it puts into its own sentences. */
export function refusalOf(error: unknown): string {
  const { schema, table, column, constraint, routine } = error as Record<string, unknown>
  const place = Object.entries({ schema, table, column, constraint, routine })
    .filter(([, value]) => typeof value === 'string')
    .map(([what, value]) => `${what} ${value as string}`)
  return [`SQLSTATE ${codeOf(error)}`, ...place].join(', ')
}
