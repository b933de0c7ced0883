import { count, port, text } from './formats'
import { variable } from './variable'

/** The HTTP door: where it listens, what it takes, how long it lets a payment wait. */
export const doorVariables = {
  apiHost: variable({
    name: 'LIJIAN_API_HOST',
    format: text('a host name or address', /^[^\s/]+$/),
    default: '127.0.0.1',
    meaning: 'Address on which the API listens.',
  }),
  apiPort: variable({ name: 'LIJIAN_API_PORT', format: port, default: '8080', meaning: 'Port of the API.' }),
  metricsPort: variable({
    name: 'LIJIAN_METRICS_PORT',
    format: port,
    default: '9464',
    meaning: "Port of the worker's health and metrics (the API has both on its own port).",
  }),
  bodyLimitBytes: variable({
    name: 'LIJIAN_BODY_LIMIT_BYTES',
    format: count(1_024, 104_857_600),
    default: '1048576',
    meaning: 'Largest request body.',
  }),
  apiConnectionsMax: variable({
    name: 'LIJIAN_API_CONNECTIONS_MAX',
    format: count(1, 1_000_000),
    default: '8192',
    meaning:
      'Most connections of clients that an API process keeps; one more is closed at once, so that a wave of them costs no memory.',
  }),
  rateLimitPerSecond: variable({
    name: 'LIJIAN_RATE_LIMIT_PER_SECOND',
    format: count(1, 10_000_000),
    default: '20000',
    meaning: 'Requests per second and client, unless the client has a limit of its own.',
  }),
  staleAfterSeconds: variable({
    name: 'LIJIAN_STALE_AFTER_SECONDS',
    format: count(5, 3600),
    default: '30',
    meaning:
      'Keys and documents that an API has read longer ago make it not ready; keys then open the door for payments only, and after ten times as long for nobody.',
  }),
  queryDeadlineMs: variable({
    name: 'LIJIAN_QUERY_DEADLINE_MS',
    format: count(1, 60_000),
    default: '50',
    meaning:
      'A query is answered "no offer" after so many milliseconds, unless the client or the request says otherwise.',
  }),
  batchMax: variable({
    name: 'LIJIAN_BATCH_MAX',
    format: count(1, 10_000),
    default: '64',
    meaning: 'Most decisions that one database round trip carries.',
  }),
  waitingMax: variable({
    name: 'LIJIAN_WAITING_MAX',
    format: count(1, 1_000_000),
    default: '10000',
    meaning: 'Most decisions that wait for a round trip; above it the answer is "no offer" at once.',
  }),
}
