import { count, networks, port, text } from './formats'
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
  internalHost: variable({
    name: 'LIJIAN_INTERNAL_HOST',
    format: text('a host name or address', /^[^\s/]+$/),
    default: '127.0.0.1',
    meaning:
      'Address on which api, worker and report-generator show readiness and metrics, and the api its documentation. They ask for no key: a network of operators only.',
  }),
  internalPort: variable({
    name: 'LIJIAN_INTERNAL_PORT',
    format: port,
    default: '9463',
    meaning: "Port of the API's readiness, metrics and documentation.",
  }),
  metricsPort: variable({
    name: 'LIJIAN_METRICS_PORT',
    format: port,
    default: '9464',
    meaning: "Port of the worker's health and metrics.",
  }),
  bodyLimitBytes: variable({
    name: 'LIJIAN_BODY_LIMIT_BYTES',
    format: count(1_024, 104_857_600),
    default: '1048576',
    meaning: 'Largest JSON body of a request; one about a payment has 32 KiB at most.',
  }),
  apiConnectionsMax: variable({
    name: 'LIJIAN_API_CONNECTIONS_MAX',
    format: count(1, 1_000_000),
    default: '8192',
    meaning:
      'Most connections of clients that an API process keeps; one more is told so and closed. The last quarter is for addresses from which a good key came lately.',
  }),
  rateLimitPerSecond: variable({
    name: 'LIJIAN_RATE_LIMIT_PER_SECOND',
    format: count(1, 10_000_000),
    default: '20000',
    meaning: 'Requests per second and client, unless the client has a limit of its own.',
  }),
  peopleRatePerSecond: variable({
    name: 'LIJIAN_PEOPLE_RATE_PER_SECOND',
    format: count(1, 10_000_000),
    default: '200',
    meaning: 'Requests per second, key and scope, of everything but payments: lists, documents, changes of people.',
  }),
  refusalsPerSecond: variable({
    name: 'LIJIAN_REFUSALS_PER_SECOND',
    format: count(1, 10_000_000),
    default: '50',
    meaning:
      'Requests without a good key per second and address (IPv6: /64). More are answered 429 before anything else is looked at; a good key from there goes on.',
  }),
  trustedProxies: variable({
    name: 'LIJIAN_TRUSTED_PROXIES',
    format: networks,
    meaning:
      'Proxies in front of the API, by commas: the address of a sender is what they say in X-Forwarded-For. Absent: nobody is believed.',
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
