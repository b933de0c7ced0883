import type { Edge } from '@lijian/privacy'
import { zoneClock } from '@lijian/calendar'
import { cardsByUsage } from '@lijian/card-usage'
import {
  cardCaseAnswer,
  cardCasePage,
  cardCaseQuery,
  cardCaseReturn,
  cardCaseWhole,
  cardUsageList,
  cardUsageQuery,
  explanationRequest,
} from '@lijian/contracts/routing'
import { approveProposal } from '@lijian/contracts/people'
import { example } from '../../examples'
import { numberParams } from '../../params'
import { endpoint } from './wing'

const tag = 'card usage'
const writers = ['cases'] as const
const readers = ['cases', 'routing', 'read.routing'] as const
const answer = example(cardCaseAnswer, 'card-case-answer')

const BY_ANOTHER =
  'By somebody other than who handed it in, with the hash of the explanation as it was shown (`proposal` of the case). Also as any proposal: POST /v1/proposals/{id}/approve.'

/** The tokens that payments carry stay inside. */
const shown = <Card extends { cardToken: string }>(edge: Edge, cards: readonly Card[]): Card[] =>
  cards.map((card) => ({ ...card, cardToken: edge.shown(card.cardToken) }))

const reads = [
  endpoint(
    {
      operationId: 'listCardUsage',
      method: 'GET',
      path: '/v1/card-usage',
      tag,
      scopes: readers,
      summary: 'Cards of a merchant, or under a parent, most payments first',
      query: cardUsageQuery,
      answer: example(cardUsageList, 'card-usage-list'),
    },
    async ({ pool, routes, timeZone, edge }, { query }) => {
      const zone = routes.world()?.routing.timeZone ?? timeZone
      const list = await cardsByUsage(pool, query, zoneClock(zone).at(routes.now()).date)
      return { ...list, cards: shown(edge, list.cards) }
    },
  ),
  endpoint(
    {
      operationId: 'listCardUsageCases',
      method: 'GET',
      path: '/v1/card-usage-cases',
      tag,
      scopes: readers,
      summary: 'Methods stopped because cards went over, newest first',
      query: cardCaseQuery,
      answer: example(cardCasePage, 'card-case-page'),
    },
    ({ cardUsage }, { query }) => cardUsage.list(query),
  ),
  endpoint(
    {
      operationId: 'readCardUsageCase',
      method: 'GET',
      path: '/v1/card-usage-cases/:id',
      tag,
      scopes: readers,
      summary: 'A case: its cards, who was told what, what has happened',
      params: numberParams,
      answer: example(cardCaseWhole, 'card-case'),
    },
    async ({ cardUsage, edge }, { params: { id } }) => {
      const whole = await cardUsage.read(id)
      return { ...whole, cardsOver: shown(edge, whole.cardsOver) }
    },
  ),
]

const decisions = [
  endpoint(
    {
      operationId: 'explainCardUsage',
      method: 'POST',
      path: '/v1/card-usage-cases/:id/explanation',
      tag,
      scopes: writers,
      summary: "Hand in the merchant's written explanation",
      description: `A reference of the file, not the file. It may be replaced until somebody has decided; also a case that ended with the method stopped takes another one.`,
      params: numberParams,
      body: example(explanationRequest, 'explanation-request'),
      answer,
      status: 202,
    },
    async ({ cardUsage }, { principal, params: { id }, body }, reply) =>
      reply.code(202).send(await cardUsage.explain(id, body, principal.keyId)),
  ),
  endpoint(
    {
      operationId: 'approveCardUsageExplanation',
      method: 'POST',
      path: '/v1/card-usage-cases/:id/approve',
      strong: true,
      tag,
      scopes: writers,
      summary: 'Approve the explanation: the method is open again',
      description: BY_ANOTHER,
      params: numberParams,
      body: example(approveProposal, 'approve-proposal'),
      answer,
    },
    async ({ cardUsage, routingChanged }, { principal, params: { id }, body }) => {
      const done = await cardUsage.approve(id, principal.keyId, body.hash)
      await routingChanged()
      return done
    },
  ),
  endpoint(
    {
      operationId: 'rejectCardUsageExplanation',
      method: 'POST',
      path: '/v1/card-usage-cases/:id/reject',
      strong: true,
      tag,
      scopes: writers,
      summary: 'Send the explanation back, or keep the method stopped',
      description: BY_ANOTHER,
      params: numberParams,
      body: example(cardCaseReturn, 'card-case-rejection'),
      answer,
    },
    ({ cardUsage }, { principal, params: { id }, body: { hash, ...returned } }) =>
      cardUsage.reject(id, returned, principal.keyId, hash),
  ),
]

/** Payments per card, and methods of merchants that are stopped for them until their explanation is approved. */
export const cardUsageEndpoints = [...reads, ...decisions]
