import { backtestSummary, storedBacktest, storedBacktests } from '@lijian/contracts/marketing'
import { z } from 'zod'
import { example } from '../../examples'
import { codeParams } from '../../params'
import { endpoint } from './wing'

const tag = 'campaigns'
const either = ['campaigns.make', 'campaigns.check'] as const

export const backtestEndpoints = [
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
      scopes: ['read', ...either],
      summary: 'Back-tests of a campaign that were kept, newest first',
      params: codeParams,
      query: z.strictObject({ version: z.coerce.number().int().min(1).max(2_147_483_647).optional() }),
      answer: storedBacktests,
    },
    async ({ backtests }, { params, query }) => ({ backtests: await backtests.list(params.code, query.version) }),
  ),
]
