import { zoneClock } from '@lijian/calendar'
import { cardsByUsage } from '@lijian/card-usage'
import {
  cardCaseAnswer,
  cardCasePage,
  cardCaseQuery,
  cardCaseRejection,
  cardCaseWhole,
  cardUsageList,
  cardUsageQuery,
  explanationRequest,
} from '@lijian/contracts/routing'
import { z } from 'zod'
import { example } from '../../examples'
import type { Api, ApiContext } from '../../context'
import { problemResponse, shown } from '../../route-kit'

const tag = 'card usage'
const writers = ['cases'] as const
const readers = ['cases', 'routing', 'read'] as const
const params = z.strictObject({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })

/** Payments per card, and methods of merchants that are stopped for them until their explanation is approved. */
export function cardUsageRoutes(app: Api, context: ApiContext): void {
  reads(app, context)
  decisions(app, context)
}

function reads(app: Api, { use, authenticate, pool, routes, settings }: ApiContext): void {
  app.get(
    '/v1/card-usage',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'Cards of a merchant, or under a parent, most payments first' }),
        querystring: cardUsageQuery,
        response: { 200: example(cardUsageList, 'card-usage-list'), default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ query }) => {
      const timeZone = routes.world()?.routing.timeZone ?? settings.timeZone
      return cardsByUsage(pool, query, zoneClock(timeZone).at(routes.now()).date)
    },
  )
  app.get(
    '/v1/card-usage-cases',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'Methods stopped because cards went over, newest first' }),
        querystring: cardCaseQuery,
        response: { 200: example(cardCasePage, 'card-case-page'), default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ query }) => use.cardUsage.list(query),
  )
  app.get(
    '/v1/card-usage-cases/:id',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'A case: its cards, who was told what, what has happened' }),
        params,
        response: { 200: example(cardCaseWhole, 'card-case'), default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ params: { id } }) => use.cardUsage.read(id),
  )
}

function decisions(app: Api, { use, authenticate, routingChanged }: ApiContext): void {
  const response = { 200: example(cardCaseAnswer, 'card-case-answer'), default: problemResponse }
  app.post(
    '/v1/card-usage-cases/:id/explanation',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: "Hand in the merchant's written explanation", description: EXPLAIN }),
        params,
        body: example(explanationRequest, 'explanation-request'),
        response,
      },
      onRequest: authenticate(...writers),
    },
    ({ principal, params: { id }, body }) => use.cardUsage.explain(id, body, principal.keyId),
  )
  app.post(
    '/v1/card-usage-cases/:id/approve',
    {
      schema: {
        ...shown({
          tag,
          scopes: writers,
          summary: 'Approve the explanation: the method is open again',
          description: 'By somebody other than who handed it in.',
        }),
        params,
        response,
      },
      onRequest: authenticate(...writers),
    },
    async ({ principal, params: { id } }) => {
      const answer = await use.cardUsage.approve(id, principal.keyId)
      await routingChanged()
      return answer
    },
  )
  app.post(
    '/v1/card-usage-cases/:id/reject',
    {
      schema: {
        ...shown({
          tag,
          scopes: writers,
          summary: 'Send the explanation back, or keep the method stopped',
          description: 'By somebody other than who handed it in.',
        }),
        params,
        body: example(cardCaseRejection, 'card-case-rejection'),
        response,
      },
      onRequest: authenticate(...writers),
    },
    ({ principal, params: { id }, body }) => use.cardUsage.reject(id, body, principal.keyId),
  )
}

const EXPLAIN = `A reference of the file, not the file. It may be replaced until somebody has decided; also a case that ended with the method stopped takes another one.`
