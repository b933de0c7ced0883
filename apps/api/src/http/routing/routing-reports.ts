import {
  capacityPage,
  capacityQuery,
  complianceAnswer,
  complianceQuery,
  drillAnswer,
  drillQuery,
} from '@lijian/contracts/routing'
import { example } from '../../examples'
import { endpoint } from './wing'

const tag = 'routing'
const scopes = ['routing', 'read.routing'] as const

/** What operations and auditors ask of the live routing: capacity today, one channel less, who uses what. */
export const routingReportEndpoints = [
  endpoint(
    {
      operationId: 'listCapacity',
      method: 'GET',
      path: '/v1/routing/capacity',
      tag,
      scopes,
      summary: 'Daily limits and when they will be used up, the soonest first',
      description: `Held, used and over are as of now; "exhaustsAt" was told within the last minute ("toldAt"): today goes on as the same weekday did on up to four earlier
weeks, at today's level; without such a day at today's pace, and "basis" says so. What a full limit has turned away is not known. A new document is told within a minute.`,
      query: capacityQuery,
      answer: example(capacityPage, 'capacity-page'),
    },
    ({ capacity }, { query }) => capacity.list(query),
  ),
  endpoint(
    {
      operationId: 'drillRouting',
      method: 'GET',
      path: '/v1/routing/drill',
      tag,
      scopes,
      summary: 'Which merchants cannot pay at which hours if a channel stops (N−1)',
      description: `Hours only, of the live document and of what is suspended beside it; limits and amounts are the replay's matter (./lijian route diff). Merchants without
a gap are left out.`,
      query: drillQuery,
      answer: example(drillAnswer, 'drill-answer'),
    },
    ({ reports }, { query }) => reports.drill(query),
  ),
  endpoint(
    {
      operationId: 'readCompliance',
      method: 'GET',
      path: '/v1/routing/compliance',
      tag,
      scopes,
      summary: 'Shared pools and their approval, mismatches, concentration, who changed what',
      description: `MCC and region are those of PUT /v1/merchants. Concentration adds up what daily counters took since "since", today included; greatest first. Without "list" it
is the beginning of every list; "list" and "after" go on with one.`,
      query: complianceQuery,
      answer: example(complianceAnswer, 'compliance-answer'),
    },
    ({ reports }, { query }) => reports.compliance(query),
  ),
]
