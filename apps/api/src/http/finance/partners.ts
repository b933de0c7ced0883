import { fundingWarningList, partnerAnswer, partnerPage, partnerRequest } from '@lijian/contracts/finance'
import { pageQuery } from '@lijian/contracts/system'
import { example } from '../../examples'
import type { Api, ApiContext } from '../../context'
import { codeParams, problemResponse, shown } from '../../route-kit'

const tag = 'partners'
const writers = ['partners'] as const
const readers = ['read', 'partners', 'funding.make', 'funding.check'] as const
const response = { 200: example(partnerAnswer, 'partner-answer'), default: problemResponse }

/** Partners fund campaigns; for prepaid ones the balance is a counter that every hold reserves from. */
export function partnerRoutes(app: Api, { use, authenticate }: ApiContext): void {
  app.put(
    '/v1/partners/:code',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'Store a partner', description: PUT_WORDS }),
        params: codeParams,
        body: example(partnerRequest, 'partner-request'),
        response,
      },
      onRequest: authenticate(...writers),
    },
    ({ params, body }) => use.partners.put(params.code, body),
  )
  app.get(
    '/v1/partners/:code',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'A partner: its balance, how long it lasts, its contacts' }),
        params: codeParams,
        response,
      },
      onRequest: authenticate(...readers),
    },
    ({ params }) => use.partners.read(params.code),
  )
  app.get(
    '/v1/partners',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'Partners by code' }),
        querystring: pageQuery,
        response: { 200: example(partnerPage, 'partner-page'), default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ query }) => use.partners.list(query),
  )
  app.get(
    '/v1/funding-warnings',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'Prepaid balances that are low, or end today at today’s pace' }),
        response: { 200: example(fundingWarningList, 'funding-warning-list'), default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    () => use.partners.warnings(),
  )
}

const PUT_WORDS = `The document replaces the one before; an account's number stays when it is left out. Its money is not in it: receipts, withdrawals
and credit lines are proposals that a second person approves.`
