/** SQLSTATEs after which the same batch, decided again on fresh rows, can succeed. */
const DECIDE_AGAIN: Record<string, string> = {
  '23505': 'unique_violation: another process inserted the same serial or counter first',
  '23514': 'check_violation: another process used the room of a counter that did not exist a moment ago',
  '40001': 'serialization_failure',
  '40P01': 'deadlock_detected',
}

/** SQLSTATEs and errno codes that mean PostgreSQL is away or going away; everything else is a bug. */
const AWAY = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now: starting up or shutting down
  '53300', // too_many_connections
  '53100', // disk_full
  '25006', // read_only_sql_transaction: a standby, or a primary being demoted
  '08000',
  '08003',
  '08006', // connection exceptions
  '57014', // query_canceled: statement timeout
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
])

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined

export const isDecideAgain = (error: unknown): boolean => (codeOf(error) ?? '') in DECIDE_AGAIN

export function isDatabaseAway(error: unknown): boolean {
  const code = codeOf(error)
  if (code !== undefined) return AWAY.has(code)
  // pg reports a lost connection without a code; these are its three sentences.
  return (
    error instanceof Error &&
    /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout)/.test(
      error.message,
    )
  )
}
