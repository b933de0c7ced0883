import { count, port, postgresUrl, text } from './formats'
import { variable } from './variable'

/** Of report-generator, and of whoever sends its files. */
export const reportVariables = {
  reportDir: variable({
    name: 'LIJIAN_REPORT_DIR',
    format: text('a directory', /\S/),
    meaning:
      'Where files of reports are kept, the same for report-generator and API; default: `reports` in `LIJIAN_DATA_DIR`.',
  }),
  reportDays: variable({
    name: 'LIJIAN_REPORT_DAYS',
    format: count(1, 3650),
    default: '30',
    meaning: 'How many days the file of a report is kept; its row and its SHA-256 stay.',
  }),
  reportTargets: variable({
    name: 'LIJIAN_REPORT_TARGETS',
    format: text('a file', /\S/),
    meaning:
      'A JSON file of places to which schedules may send reports, by name: folder, s3, webhook or email. For API, worker and report-generator; it has secrets.',
  }),
  reportDeliveryDir: variable({
    name: 'LIJIAN_REPORT_DELIVERY_DIR',
    format: text('a directory', /\S/),
    meaning:
      'In it each target of kind `folder` has a folder of its name; default: `report-deliveries` in `LIJIAN_DATA_DIR`.',
  }),
  reportsAtOnce: variable({
    name: 'LIJIAN_REPORTS_AT_ONCE',
    format: count(1, 16),
    default: '1',
    meaning: 'Reports that one report-generator makes at a time.',
  }),
  reportShareMinPercent: variable({
    name: 'LIJIAN_REPORT_SHARE_MIN_PERCENT',
    format: count(1, 100),
    default: '5',
    meaning: 'However busy PostgreSQL is, reports read rows in this share of their time. 100: they never rest.',
  }),
  reportPort: variable({
    name: 'LIJIAN_REPORT_PORT',
    format: port,
    default: '9465',
    meaning: 'Port of health and metrics of report-generator.',
  }),
  readingDatabaseUrl: variable({
    name: 'LIJIAN_READING_DATABASE_URL',
    format: postgresUrl,
    secret: true,
    meaning: 'A replica from which reports are read; how far it is behind stands on each. Absent: the database itself.',
  }),
  queueUrl: variable({
    name: 'LIJIAN_QUEUE_URL',
    format: text('a Redis URL such as redis://host:6379', /^rediss?:\/\/\S+$/),
    secret: true,
    meaning:
      'Redis or Valkey that wakes report-generator (maxmemory-policy noeviction, AOF). Absent: PostgreSQL does, and nothing else is needed.',
  }),
}
