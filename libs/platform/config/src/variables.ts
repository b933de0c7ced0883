import {
  codes,
  count,
  key32,
  keys32,
  minutesOrOff,
  oneOf,
  port,
  postgresUrl,
  secondsByMethod,
  text,
  timeZone,
} from './formats'
import { reportVariables } from './report-variables'
import { variable } from './variable'

/** Every environment variable Lijian reads. `./lijian config` and docs/reference/config.md print them. */
export const variables = {
  databaseUrl: variable({
    name: 'DATABASE_URL',
    format: postgresUrl,
    secret: true,
    required: true,
    meaning: 'PostgreSQL 15 or newer. Given: `./lijian up` starts no PostgreSQL of its own.',
  }),
  appDatabaseUrl: variable({
    name: 'LIJIAN_APP_DATABASE_URL',
    format: postgresUrl,
    secret: true,
    meaning:
      'The same database under the login of api and worker; migrations make it (member of `lijian_app`). `./lijian up` makes one with its own PostgreSQL.',
  }),
  temporalAddress: variable({
    name: 'TEMPORAL_ADDRESS',
    format: text('an address such as 127.0.0.1:7233', /^[^\s:/]+:\d{1,5}$/),
    required: true,
    meaning: 'Temporal frontend. Given: `./lijian up` starts no Temporal of its own.',
  }),
  temporalNamespace: variable({
    name: 'TEMPORAL_NAMESPACE',
    format: text('a namespace name', /^[A-Za-z0-9][\w.-]*$/),
    default: 'default',
    meaning: 'Temporal namespace of all workflows.',
  }),
  profile: variable({
    name: 'LIJIAN_PROFILE',
    format: oneOf('dev', 'cluster'),
    default: 'dev',
    meaning: 'Which Temporal `./lijian up` starts: the development server, or the real server on PostgreSQL.',
  }),
  dataDir: variable({
    name: 'LIJIAN_DATA_DIR',
    format: text('a directory', /\S/),
    default: '.lijian',
    meaning: 'Data, logs and development keys of the stack.',
  }),
  cacheDir: variable({
    name: 'LIJIAN_CACHE_DIR',
    format: text('a directory', /\S/),
    default: '~/.cache/lijian',
    meaning: 'Server programs built or downloaded once, shared by all clones.',
  }),
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
  codecPort: variable({
    name: 'LIJIAN_CODEC_PORT',
    format: port,
    default: '8234',
    meaning: 'Port of the codec server that lets the Temporal UI read encrypted payloads.',
  }),
  postgresPort: variable({
    name: 'LIJIAN_POSTGRES_PORT',
    format: port,
    default: '5433',
    meaning: 'Port of the PostgreSQL that `./lijian up` starts.',
  }),
  temporalPort: variable({
    name: 'LIJIAN_TEMPORAL_PORT',
    format: port,
    default: '7233',
    meaning: 'Port of the Temporal frontend that `./lijian up` starts.',
  }),
  temporalUiPort: variable({
    name: 'LIJIAN_TEMPORAL_UI_PORT',
    format: port,
    default: '8233',
    meaning: 'Port of the Temporal UI that `./lijian up` starts.',
  }),
  tokenKey: variable({
    name: 'LIJIAN_TOKEN_KEY',
    format: key32,
    secret: true,
    required: true,
    meaning: 'HMAC key that turns card numbers and identities into tokens. `./lijian up` makes one for development.',
  }),
  drawKey: variable({
    name: 'LIJIAN_DRAW_KEY',
    format: key32,
    secret: true,
    required: true,
    meaning: 'HMAC key of random benefits (draws). `./lijian up` makes one for development.',
  }),
  drawKeysOld: variable({
    name: 'LIJIAN_DRAW_KEYS_OLD',
    format: keys32,
    secret: true,
    meaning: 'Earlier keys of draws, so that decisions made with them can still be explained.',
  }),
  accountKey: variable({
    name: 'LIJIAN_ACCOUNT_KEY',
    format: key32,
    secret: true,
    required: true,
    meaning:
      "AES key of partners' account numbers and contacts, which are stored encrypted. `./lijian up` makes one for development.",
  }),
  staleAfterSeconds: variable({
    name: 'LIJIAN_STALE_AFTER_SECONDS',
    format: count(5, 3600),
    default: '30',
    meaning:
      'Keys and documents that an API has read longer ago make it not ready; keys then open the door for payments only, and after ten times as long for nobody.',
  }),
  payloadKey: variable({
    name: 'LIJIAN_PAYLOAD_KEY',
    format: key32,
    secret: true,
    meaning: 'AES key of workflow payloads. Given: payloads are encrypted and the codec server runs.',
  }),
  queryDeadlineMs: variable({
    name: 'LIJIAN_QUERY_DEADLINE_MS',
    format: count(1, 60_000),
    default: '50',
    meaning:
      'A query is answered "no offer" after so many milliseconds, unless the client or the request says otherwise.',
  }),
  holdSeconds: variable({
    name: 'LIJIAN_HOLD_SECONDS',
    format: count(1, 86_400),
    default: '900',
    meaning: 'How long a hold waits for its result.',
  }),
  holdSecondsByMethod: variable({
    name: 'LIJIAN_HOLD_SECONDS_BY_METHOD',
    format: secondsByMethod,
    meaning: 'The same per payment method, such as `qr=7200,swipe=600`.',
  }),
  groups: variable({
    name: 'LIJIAN_GROUPS',
    format: codes,
    meaning: 'The order in which groups of amount offers grant, such as `city,bank`; those not named follow by code.',
  }),
  decisionLog: variable({
    name: 'LIJIAN_DECISION_LOG',
    format: oneOf('bound', 'all', 'none'),
    default: 'bound',
    meaning:
      'Which answers without an offer are kept for explanations: where a live offer names the merchant or met the payment, all, or none.',
  }),
  decisionLogDays: variable({
    name: 'LIJIAN_DECISION_LOG_DAYS',
    format: count(1, 10_000),
    default: '400',
    meaning: 'How many days of them are kept; the worker drops older ones, a day at a time.',
  }),
  clockSkewSeconds: variable({
    name: 'LIJIAN_CLOCK_SKEW_SECONDS',
    format: count(0, 86_400),
    default: '300',
    meaning: 'By how much `at` of a query may differ from our clock.',
  }),
  reconciliationBufferDays: variable({
    name: 'LIJIAN_RECONCILIATION_BUFFER_DAYS',
    format: count(0, 60),
    default: '3',
    meaning: "After how many days a difference between a file and our books becomes somebody's case (T+3).",
  }),
  reconciliationAt: variable({
    name: 'LIJIAN_RECONCILIATION_AT',
    format: text('a time of day from 00:00 to 23:59', /^([01]\d|2[0-3]):[0-5]\d$/),
    default: '10:30',
    meaning:
      'When the business date before is matched for the first time, in LIJIAN_TIME_ZONE: bills are there from about 10:00 on.',
  }),
  cutOff: variable({
    name: 'LIJIAN_CUT_OFF',
    format: text('a time of day from 00:01 to 24:00', /^(?!00:00)([01]\d|2[0-3]):[0-5]\d$|^24:00$/),
    default: '24:00',
    meaning: 'End of the business date.',
  }),
  timeZone: variable({
    name: 'LIJIAN_TIME_ZONE',
    format: timeZone,
    default: 'Asia/Shanghai',
    meaning: 'Time zone of the business date.',
  }),
  earlyClose: variable({
    name: 'LIJIAN_EARLY_CLOSE',
    format: oneOf('off', 'on'),
    default: 'off',
    meaning:
      'May finance close the business date that is still open (`./lijian clear --early`)? Payments are then booked on the next. `./lijian up` turns it on: for trying a whole day within minutes.',
  }),
  clearingDir: variable({
    name: 'LIJIAN_CLEARING_DIR',
    format: text('a directory', /\S/),
    meaning: 'Where clearing and settlement files are published; default: `clearing` in `LIJIAN_DATA_DIR`.',
  }),
  ...reportVariables,
  clearingAfterMinutes: variable({
    name: 'LIJIAN_CLEARING_AFTER_MINUTES',
    format: minutesOrOff,
    default: '5',
    meaning: 'How long after the cut-off the schedule clears the date that is over; `off`: only people do.',
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
  relayStartDelayMs: variable({
    name: 'LIJIAN_RELAY_START_DELAY_MS',
    format: count(0, 60_000),
    default: '1000',
    meaning: 'How long the relay holds a start back, so that a result that comes soon costs no second workflow task.',
  }),
  relayLanes: variable({
    name: 'LIJIAN_RELAY_LANES',
    format: count(1, 256),
    default: '8',
    meaning: 'Calls to Temporal that the relay makes at a time.',
  }),
  taskQueue: variable({
    name: 'LIJIAN_TASK_QUEUE',
    format: text('a task queue name', /^[\w./-]+$/),
    default: 'lijian',
    meaning: 'Temporal task queue of the worker.',
  }),
  webhookTimeoutMs: variable({
    name: 'LIJIAN_WEBHOOK_TIMEOUT_MS',
    format: count(100, 60_000),
    default: '5000',
    meaning: 'How long a notification waits for the answer of the transaction system.',
  }),
  noticeUrl: variable({
    name: 'LIJIAN_NOTICE_URL',
    format: text('an http or https address', /^https?:\/\/\S+$/),
    meaning:
      "The institution's gateway that writes to parent institutions and merchants: gets the notices of card-usage cases as signed JSON. Without it they stay in the case for people to read.",
  }),
  noticeSecret: variable({
    name: 'LIJIAN_NOTICE_SECRET',
    format: text('16 to 256 characters', /^.{16,256}$/),
    secret: true,
    meaning: 'Signs what is sent to LIJIAN_NOTICE_URL, as webhooks are signed.',
  }),
  logLevel: variable({
    name: 'LIJIAN_LOG_LEVEL',
    format: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    default: 'info',
    meaning: 'Least severe log line that is written.',
  }),
}
