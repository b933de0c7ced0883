import {
  REPORT_KINDS,
  reportKindList,
  reportKindParams,
  reportLinkAnswer,
  reportPage,
  reportPageQuery,
  reportRequest,
  reportRunAnswer,
  reportRunPage,
  reportRunQuery,
  type ReportFormat,
  type ReportKind,
} from '@lijian/contracts/finance'
import { SCOPES, type Scope } from '@lijian/contracts/people'
import { LijianError } from '@lijian/contracts/system'
import { checkParameters, checkSection, definitionOf, reportList, REPORTS } from '@lijian/reports'
import { z } from 'zod'
import { example } from '../../examples'
import { numberParams } from '../../params'
import { endpoint } from './wing'

const tag = 'reports'
/** Which of them a report needs, its definition says. */
export const scopes = SCOPES.filter((scope) => REPORTS.some((report) => report.scopes.includes(scope)))
const tokenParams = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'expected a link of a report') })

interface Asker {
  scopes: ReadonlySet<Scope>
}

export const mayAsk = (asker: Asker, kind: ReportKind) =>
  definitionOf(kind).scopes.some((scope) => asker.scopes.has(scope))

export function must(asker: Asker, kind: ReportKind): void {
  if (mayAsk(asker, kind)) return
  throw new LijianError('forbidden', `This report needs a key with the scope ${definitionOf(kind).scopes.join(' or ')}`)
}

const pages = [
  endpoint(
    {
      operationId: 'listReports',
      method: 'GET',
      path: '/v1/reports',
      tag,
      scopes,
      summary: 'Which reports this key may ask for, with their parameters, sections and columns',
      answer: reportKindList,
    },
    (_wing, { principal }) => reportList(({ kind }) => mayAsk(principal, kind)),
  ),
  endpoint(
    {
      operationId: 'readReport',
      method: 'GET',
      path: '/v1/reports/:kind',
      tag,
      scopes,
      summary: 'A report as a page of data, with totals and charts',
      description: `Amounts are in fen, rates in ppm. Each page is of one state of the books; the dates of a sealed range never change.`,
      params: reportKindParams,
      query: reportPageQuery,
      answer: reportPage,
    },
    ({ reportPages }, { principal, params, query }) => {
      must(principal, params.kind)
      return reportPages.page(params.kind, query)
    },
  ),
]

const runs = [
  endpoint(
    {
      operationId: 'requestReport',
      method: 'POST',
      path: '/v1/report-runs',
      tag,
      scopes,
      summary: 'Have a report made as a file',
      description: `\`report-generator\` makes it; read the run until it is done, then ask for a link. The same request about sealed dates is the same run, about open
dates for five minutes.`,
      body: example(reportRequest, 'report-request'),
      answer: example(reportRunAnswer, 'report-run-answer'),
      status: 202,
    },
    ({ reportRuns }, { principal, body }, reply) => {
      must(principal, body.kind)
      const definition = definitionOf(body.kind)
      checkParameters(definition, body.parameters)
      checkSection(definition, body.section)
      void reply.code(202)
      return reportRuns.request(body, { actor: principal.keyId })
    },
  ),
  endpoint(
    {
      operationId: 'listReportRuns',
      method: 'GET',
      path: '/v1/report-runs',
      tag,
      scopes,
      summary: 'Reports that were asked for, newest first',
      query: reportRunQuery,
      answer: reportRunPage,
    },
    ({ reportRuns }, { principal, query }) =>
      reportRuns.list(
        query,
        REPORT_KINDS.filter((kind) => REPORTS.some((one) => one.kind === kind) && mayAsk(principal, kind)),
      ),
  ),
  endpoint(
    {
      operationId: 'readReportRun',
      method: 'GET',
      path: '/v1/report-runs/:id',
      tag,
      scopes,
      summary: 'How far a report is',
      params: numberParams,
      answer: reportRunAnswer,
    },
    async ({ reportRuns }, { principal, params }) => {
      const run = await reportRuns.read(params.id)
      must(principal, run.kind)
      return run
    },
  ),
  endpoint(
    {
      operationId: 'cancelReportRun',
      method: 'POST',
      path: '/v1/report-runs/:id/cancel',
      tag,
      scopes,
      summary: 'Stop a report that waits or is being made',
      description: 'What runs ends within about a second, its statement too. Again, it is answered the same.',
      params: numberParams,
      answer: reportRunAnswer,
    },
    async ({ reportRuns }, { principal, params }) => {
      must(principal, (await reportRuns.read(params.id)).kind)
      return reportRuns.cancel(params.id)
    },
  ),
]

const TYPES: Readonly<Record<ReportFormat, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
}

/** A text in a header (RFC 8187). */
const extended = (text: string) =>
  encodeURIComponent(text).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

const files = [
  endpoint(
    {
      operationId: 'linkReportFile',
      method: 'POST',
      path: '/v1/report-runs/:id/links',
      tag,
      scopes,
      summary: 'A link to the file of a report that is done',
      description:
        'It opens the file once, within five minutes, for the key that asked for it. Each link and each download is recorded.',
      params: numberParams,
      answer: reportLinkAnswer,
    },
    async ({ reportRuns, reportLinks }, { principal, params }) => {
      must(principal, (await reportRuns.read(params.id)).kind)
      return reportLinks.make(params.id, principal.keyId)
    },
  ),
  endpoint(
    {
      operationId: 'downloadReportFile',
      method: 'GET',
      path: '/v1/report-files/:token',
      tag,
      scopes,
      summary: 'The file behind a link',
      once: true,
      params: tokenParams,
      answer: {
        description: 'The file; `x-content-sha256` is its SHA-256',
        content: Object.fromEntries(Object.values(TYPES).map((type) => [type, { schema: z.unknown() }])),
      },
    },
    async ({ reportLinks, reportFiles }, { principal, params }, reply) => {
      const { run, file } = await reportLinks.use(params.token, principal.keyId, (linked) => {
        must(principal, linked.run.kind)
        return reportFiles.read({ id: linked.run.id, attempt: linked.attempt })
      })
      return reply
        .header('content-type', run.format === 'csv' ? `text/csv; charset=${run.encoding}` : TYPES[run.format])
        .header('content-length', run.bytes)
        .header(
          'content-disposition',
          `attachment; filename="report-${run.id}.${run.format}"; filename*=UTF-8''${extended(run.fileName ?? '')}`,
        )
        .header('x-content-sha256', run.sha256)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'no-store')
        .header('content-security-policy', 'sandbox')
        .send(file)
    },
  ),
]

export const reportEndpoints = [...pages, ...runs, ...files]
