import {
  capacityPage,
  capacityQuery,
  complianceAnswer,
  complianceQuery,
  drillAnswer,
  drillQuery,
} from '@lijian/contracts/routing'
import type { Api, ApiContext } from '../../context'
import { example } from '../../examples'
import { problemResponse, shown } from '../../route-kit'

const tag = 'routing'
const readers = ['routing', 'read'] as const

/** What operations and auditors ask of the live routing: capacity today, one channel less, who uses what. */
export function routingReportRoutes(app: Api, { use, authenticate }: ApiContext): void {
  const onRequest = authenticate(...readers)
  app.get(
    '/v1/routing/capacity',
    {
      schema: {
        ...shown({
          tag,
          scopes: readers,
          summary: 'Daily limits and when they will be used up, the soonest first',
          description: CAPACITY_WORDS,
        }),
        querystring: capacityQuery,
        response: { 200: example(capacityPage, 'capacity-page'), default: problemResponse },
      },
      onRequest,
    },
    ({ query }) => use.capacity.list(query),
  )
  app.get(
    '/v1/routing/drill',
    {
      schema: {
        ...shown({
          tag,
          scopes: readers,
          summary: 'Which merchants cannot pay at which hours if a channel stops (N−1)',
          description: DRILL_WORDS,
        }),
        querystring: drillQuery,
        response: { 200: example(drillAnswer, 'drill-answer'), default: problemResponse },
      },
      onRequest,
    },
    ({ query }) => use.routingReports.drill(query),
  )
  app.get(
    '/v1/routing/compliance',
    {
      schema: {
        ...shown({
          tag,
          scopes: readers,
          summary: 'Shared pools and their approval, mismatches, concentration, who changed what',
          description: COMPLIANCE_WORDS,
        }),
        querystring: complianceQuery,
        response: { 200: example(complianceAnswer, 'compliance-answer'), default: problemResponse },
      },
      onRequest,
    },
    ({ query }) => use.routingReports.compliance(query),
  )
}

const CAPACITY_WORDS = `Held, used and over are as of now; "exhaustsAt" was told within the last minute ("toldAt"): today goes on as the same weekday did on up to four earlier
weeks, at today's level; without such a day at today's pace, and "basis" says so. What a full limit has turned away is not known. A new document is told within a minute.`
const DRILL_WORDS = `Hours only, of the live document and of what is suspended beside it; limits and amounts are the replay's matter (./lijian route diff). Merchants without
a gap are left out.`
const COMPLIANCE_WORDS = `MCC and region are those of PUT /v1/merchants. Concentration adds up what daily counters took since "since", today included; greatest first. Without "list" it
is the beginning of every list; "list" and "after" go on with one.`
