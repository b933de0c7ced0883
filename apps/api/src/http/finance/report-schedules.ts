import {
  reportScheduleAnswer,
  reportScheduleList,
  reportScheduleRequest,
  type ReportKind,
  type ReportScheduleRequest,
} from '@lijian/contracts/finance'
import { checkParameters, checkSection, definitionOf } from '@lijian/reports'
import { example } from '../../examples'
import { codeParams } from '../../params'
import { mayAsk, must, scopes } from './reports'
import { endpoint } from './wing'

const tag = 'reports'
const answer = example(reportScheduleAnswer, 'report-schedule-answer')

/** As a request of the same report is checked; the dates come with each occurrence. */
function check({ kind, parameters, section }: ReportScheduleRequest): void {
  const definition = definitionOf(kind)
  const anyDay = '2026-01-01'
  checkParameters(definition, { from: anyDay, to: anyDay, ...parameters })
  checkSection(definition, section)
}

export const reportScheduleEndpoints = [
  endpoint(
    {
      operationId: 'putReportSchedule',
      method: 'PUT',
      path: '/v1/report-schedules/:code',
      tag,
      scopes,
      summary: 'Have a report made again and again',
      description: `At the time of day, the report of the range before it is asked for; of books, once its last date is sealed, or six hours later as they are.
A time that was missed is made up for within 30 days, about its own dates. The document replaces the one before; it names targets, their addresses stand in
LIJIAN_REPORT_TARGETS. When the key that stored it is revoked, it stops, and its field stopped says so; stored again with another key, it goes on.
Where a clock change skips the time of day, there is no report on that day.`,
      params: codeParams,
      body: example(reportScheduleRequest, 'report-schedule-request'),
      answer,
    },
    ({ reportSchedules }, { principal, params, body }) => {
      const mine = (kind: ReportKind) => must(principal, kind)
      mine(body.kind)
      check(body)
      return reportSchedules.put(params.code, body, { actor: principal.keyId, must: mine })
    },
  ),
  endpoint(
    {
      operationId: 'listReportSchedules',
      method: 'GET',
      path: '/v1/report-schedules',
      tag,
      scopes,
      summary: 'Schedules of the reports that this key may ask for',
      answer: reportScheduleList,
    },
    ({ reportSchedules }, { principal }) => reportSchedules.list((kind) => mayAsk(principal, kind)),
  ),
  endpoint(
    {
      operationId: 'readReportSchedule',
      method: 'GET',
      path: '/v1/report-schedules/:code',
      tag,
      scopes,
      summary: 'A schedule',
      params: codeParams,
      answer,
    },
    async ({ reportSchedules }, { principal, params }) => {
      const schedule = await reportSchedules.read(params.code)
      must(principal, schedule.kind)
      return schedule
    },
  ),
  endpoint(
    {
      operationId: 'endReportSchedule',
      method: 'POST',
      path: '/v1/report-schedules/:code/end',
      tag,
      scopes,
      summary: 'Ask for no more reports of a schedule',
      description: 'It stays, with `active: false`; stored as active it begins again. Again, it is answered the same.',
      params: codeParams,
      answer,
    },
    ({ reportSchedules }, { principal, params }) =>
      reportSchedules.end(params.code, { actor: principal.keyId, must: (kind) => must(principal, kind) }),
  ),
]
