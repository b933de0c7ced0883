import { LINES_MAX } from '@lijian/campaigns'
import {
  backtestRequest,
  backtestRunAnswer,
  backtestRunPage,
  backtestRunQuery,
  backtestRunRead,
  backtestSummary,
  storedBacktest,
  storedBacktests,
} from '@lijian/contracts/marketing'
import { LijianError } from '@lijian/contracts/system'
import { z } from 'zod'
import { example } from '../../examples'
import { fileOf } from '../../file-body'
import { codeParams, numberParams } from '../../params'
import { paymentsOf } from '../../payments-file'
import { endpoint } from './wing'

const tag = 'campaigns'
const either = ['campaigns.make', 'campaigns.check'] as const

const readers = ['read.marketing', ...either] as const
const FILES = ['application/x-ndjson', 'text/plain', 'application/gzip', 'application/octet-stream']

const kept = [
  endpoint(
    {
      operationId: 'keepBacktest',
      method: 'POST',
      path: '/v1/campaigns/:code/backtests',
      tag,
      scopes: either,
      summary: 'Keep what a back-test says of a campaign',
      description: `\`./lijian backtest --keep\` sends it. It is kept with the newest version that has this very document, else 409.
The same again is the one that is there. Of a version 100 are kept. The newest before the approval is what the report of the effect compares with.`,
      params: codeParams,
      body: example(backtestSummary, 'backtest-summary'),
      answer: storedBacktest,
    },
    ({ backtests }, { principal, params, body }) => backtests.put(params.code, body, principal.keyId),
  ),
  endpoint(
    {
      operationId: 'listBacktests',
      method: 'GET',
      path: '/v1/campaigns/:code/backtests',
      tag,
      scopes: ['read.marketing', ...either],
      summary: 'Back-tests of a campaign that were kept, newest first',
      params: codeParams,
      query: z.strictObject({ version: z.coerce.number().int().min(1).max(2_147_483_647).optional() }),
      answer: storedBacktests,
    },
    async ({ backtests }, { params, query }) => ({ backtests: await backtests.list(params.code, query.version) }),
  ),
]

const runs = [
  endpoint(
    {
      operationId: 'requestBacktest',
      method: 'POST',
      path: '/v1/backtests',
      tag,
      scopes: either,
      summary: 'Try stored campaigns on payments of the past, as a job',
      description: `With "days" over what is stored of these dates: payments with an offer, and those without one as far as the decision log has them.
Without "days" over a file, which follows at /v1/backtests/{id}/payments. The report-generator runs it behind payments, two at once.
Members of groups, merchants and fees are those of now; balances are unlimited, and draws have a key of their own.
"serial" is its idempotency key: sent again, it is the run that is there.`,
      body: example(backtestRequest, 'backtest-request'),
      status: 202,
      answer: backtestRunAnswer,
    },
    ({ backtestRuns }, { principal, body }) => backtestRuns.request(body, principal.keyId),
  ),
  endpoint(
    {
      operationId: 'giveBacktestFile',
      method: 'PUT',
      path: '/v1/backtests/:id/payments',
      tag,
      scopes: either,
      summary: 'The payments of a back-test that waits for its file',
      description: `One JSON object a line, as \`./lijian backtest --payments\` reads them; plain, or gzip as application/gzip. At most ${LINES_MAX.toLocaleString('en')} lines.
All or nothing: the first wrong line is named by its number. Cards, customers and identities become tokens at once, and go when the run ends.`,
      params: numberParams,
      body: z.unknown().describe('payments, one a line'),
      reads: { accepts: FILES, shows: ['application/x-ndjson', 'application/gzip'] },
      answer: backtestRunAnswer,
    },
    async ({ backtestRuns, edge }, { principal, params, body, headers }) => {
      const isPacked = headers['content-type']?.startsWith('application/gzip') ?? false
      return backtestRuns.giveFile(
        params.id,
        principal.keyId,
        paymentsOf(fileOf(body), edge, { isPacked, linesMax: LINES_MAX }),
      )
    },
  ),
  endpoint(
    {
      operationId: 'listBacktestRuns',
      method: 'GET',
      path: '/v1/backtests',
      tag,
      scopes: readers,
      summary: 'Back-tests, newest first, with their progress',
      query: backtestRunQuery,
      answer: backtestRunPage,
    },
    ({ backtestRuns }, { query }) => backtestRuns.list(query),
  ),
  endpoint(
    {
      operationId: 'readBacktestRun',
      method: 'GET',
      path: '/v1/backtests/:id',
      tag,
      scopes: readers,
      summary: 'A back-test: how far it is, and what it says once it is done',
      params: numberParams,
      answer: backtestRunRead,
    },
    ({ backtestRuns }, { params }) => backtestRuns.read(params.id),
  ),
  endpoint(
    {
      operationId: 'cancelBacktest',
      method: 'POST',
      path: '/v1/backtests/:id/cancel',
      tag,
      scopes: either,
      summary: 'Cancel a back-test: one that runs ends within seconds',
      params: numberParams,
      body: z.strictObject({}).nullish(),
      answer: backtestRunAnswer,
    },
    ({ backtestRuns }, { params }) => backtestRuns.cancel(params.id),
  ),
  endpoint(
    {
      operationId: 'keepBacktestRun',
      method: 'POST',
      path: '/v1/backtests/:id/keep',
      tag,
      scopes: either,
      summary: 'Keep what a back-test says with the versions of its campaigns',
      description:
        'As `./lijian backtest --keep` does: whoever approves a version reads it as "promise". Sent again it changes nothing.',
      params: numberParams,
      body: z.strictObject({}).nullish(),
      answer: storedBacktests,
    },
    async ({ backtestRuns, backtests }, { principal, params }) => {
      const { state, reports } = await backtestRuns.read(params.id)
      if (reports === undefined) throw new LijianError('state_conflict', `Back-test ${params.id} is ${state}`)
      const stored = []
      for (const { campaign, ...summary } of reports.flatMap(({ a }) => a.summaries))
        stored.push(await backtests.put(campaign, summary, principal.keyId))
      return { backtests: stored }
    },
  ),
]

export const backtestEndpoints = [...kept, ...runs]
