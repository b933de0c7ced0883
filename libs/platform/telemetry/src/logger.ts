import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino'
import { maskCardNumbers } from './mask'

/** Keys whose values are never written, at any of the first four levels: cards, people, secrets. */
const SECRET_KEYS = [
  'account',
  'apiKey',
  'authorization',
  'bankPhone',
  'bins',
  'body',
  'card',
  'cardDigits',
  'cards',
  'cardToken',
  'customer',
  'customerToken',
  'device',
  'digits',
  'hash',
  'idNumber',
  'identities',
  'key',
  'last4',
  'name',
  'pan',
  'password',
  'phone',
  'secret',
  'token',
  'webhookSecret',
]
const LEVELS = ['', '*.', '*.*.', '*.*.*.']

export interface LoggerOptions {
  service: string
  level: string
  /** Default: standard output. */
  destination?: DestinationStream
}

/** JSON lines with ISO instants; redacted by key, and every line once more for anything that looks like a card number. */
export function createLogger({ service, level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service, pid: process.pid },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: LEVELS.flatMap((level) => SECRET_KEYS.map((key) => `${level}${key}`)), censor: '[redacted]' },
    serializers: { err: errorForLog, error: errorForLog },
    hooks: { streamWrite: maskCardNumbers },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** What helps to find a fault. Not the error's other members: a database error carries the row's values. */
export function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const constraint = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined
  const cause = error.cause instanceof Error ? errorForLog(error.cause) : undefined
  return { type: error.constructor.name, message: error.message, code, constraint, stack: error.stack, cause }
}
