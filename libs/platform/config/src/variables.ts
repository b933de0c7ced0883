import { codes, count, minutesOrOff, oneOf, port, postgresUrl, secondsByMethod, text, timeZone } from './formats'
import { doorVariables } from './door-variables'
import { keyVariables } from './key-variables'
import { peopleVariables } from './people-variables'
import { reportVariables } from './report-variables'
import { temporalVariables } from './temporal-variables'
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
  ...temporalVariables,
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
  ...doorVariables,
  ...peopleVariables,
  postgresPort: variable({
    name: 'LIJIAN_POSTGRES_PORT',
    format: port,
    default: '5433',
    meaning: 'Port of the PostgreSQL that `./lijian up` starts.',
  }),
  ...keyVariables,
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
    meaning:
      'How many days of them are kept; the worker drops older ones, a day at a time. The migration needs it too: the database refuses to drop what must be kept.',
  }),
  auditDays: variable({
    name: 'LIJIAN_AUDIT_DAYS',
    format: count(1, 36_500),
    default: '2190',
    meaning:
      'How many days of the audit are kept; the worker drops older months. The migration needs it too: the database refuses to drop what it was not told of.',
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
