import {
  cardGroupAnswer,
  cardGroupPage,
  cardGroupRequest,
  customerGroupAnswer,
  customerGroupPage,
  customerGroupRequest,
} from '@lijian/contracts/marketing'
import { proposalAnswer } from '@lijian/contracts/people'
import { LijianError, wordQuery, type FieldError } from '@lijian/contracts/system'
import { setImmediate } from 'node:timers/promises'
import { example } from '../../examples'
import { codeParams } from '../../params'
import { sameCode } from '../../validation'
import { endpoint } from './wing'

const writers = ['card-groups'] as const
const readers = ['read.marketing', 'card-groups'] as const

const STAY = `What is left out stays as it is. Very many are imported as a file: …/imports.
A group that a live campaign names changes when another person approves it: the answer is then 202 with what waits.`
const CARD_WORDS = `BIN prefixes of 1 to 12 digits, card tokens, or both. Card numbers in "cards" become tokens at once; cards are counted in answers, never shown. ${STAY}`
const CUSTOMER_WORDS = `Customers as payments name them. They become tokens at once, are counted in answers and never shown. ${STAY}`

const cardGroups = [
  endpoint(
    {
      operationId: 'putCardGroup',
      method: 'PUT',
      path: '/v1/card-groups/:code',
      tag: 'card groups',
      scopes: writers,
      summary: 'Store a card group',
      description: CARD_WORDS,
      params: codeParams,
      body: example(cardGroupRequest, 'card-group'),
      reads: 'document',
      answer: example(cardGroupAnswer, 'card-group-answer'),
      also: { 202: proposalAnswer.describe('it waits for another person') },
    },
    async ({ cardGroups, edge, documentsChanged }, { principal, params, body }, reply) => {
      sameCode('code', params.code, body.code)
      const cards = body.cards && (await tokensOf(body.cards, 'cards', (card) => edge.groupCard(card)))
      const answer = await cardGroups.put({ ...body, cards }, principal.keyId)
      await documentsChanged()
      return reply.code('hash' in answer ? 202 : 200).send(answer)
    },
  ),
  endpoint(
    {
      operationId: 'listCardGroups',
      method: 'GET',
      path: '/v1/card-groups',
      tag: 'card groups',
      scopes: readers,
      summary: 'Card groups by code',
      query: wordQuery,
      answer: cardGroupPage,
    },
    ({ cardGroups }, { query }) => cardGroups.list(query),
  ),
  endpoint(
    {
      operationId: 'readCardGroup',
      method: 'GET',
      path: '/v1/card-groups/:code',
      tag: 'card groups',
      scopes: readers,
      summary: 'A card group',
      params: codeParams,
      answer: example(cardGroupAnswer, 'card-group-answer'),
    },
    ({ cardGroups }, { params }) => cardGroups.read(params.code),
  ),
]

const customerGroups = [
  endpoint(
    {
      operationId: 'putCustomerGroup',
      method: 'PUT',
      path: '/v1/customer-groups/:code',
      tag: 'customer groups',
      scopes: writers,
      summary: 'Store a customer group',
      description: CUSTOMER_WORDS,
      params: codeParams,
      body: example(customerGroupRequest, 'customer-group'),
      reads: 'document',
      answer: example(customerGroupAnswer, 'customer-group-answer'),
      also: { 202: proposalAnswer.describe('it waits for another person') },
    },
    async ({ customerGroups, edge, documentsChanged }, { principal, params, body }, reply) => {
      sameCode('code', params.code, body.code)
      const customers =
        body.customers && (await tokensOf(body.customers, 'customers', (customer) => edge.groupCustomer(customer)))
      const answer = await customerGroups.put({ ...body, customers }, principal.keyId)
      await documentsChanged()
      return reply.code('hash' in answer ? 202 : 200).send(answer)
    },
  ),
  endpoint(
    {
      operationId: 'listCustomerGroups',
      method: 'GET',
      path: '/v1/customer-groups',
      tag: 'customer groups',
      scopes: readers,
      summary: 'Customer groups by code',
      query: wordQuery,
      answer: customerGroupPage,
    },
    ({ customerGroups }, { query }) => customerGroups.list(query),
  ),
  endpoint(
    {
      operationId: 'readCustomerGroup',
      method: 'GET',
      path: '/v1/customer-groups/:code',
      tag: 'customer groups',
      scopes: readers,
      summary: 'A customer group',
      params: codeParams,
      answer: example(customerGroupAnswer, 'customer-group-answer'),
    },
    ({ customerGroups }, { params }) => customerGroups.read(params.code),
  ),
]

export const groupEndpoints = [...cardGroups, ...customerGroups]

/** So many HMACs are about a millisecond; payments are answered in between. */
const AT_ONCE = 200

/** Every value that is wrong is named by its place, never repeated. */
async function tokensOf(
  values: readonly string[],
  key: string,
  tokenOf: (value: string) => readonly string[] | undefined,
): Promise<string[]> {
  const errors: FieldError[] = []
  const tokens: string[] = []
  for (const [i, value] of values.entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await setImmediate()
    const made = tokenOf(value)
    if (made === undefined) errors.push({ path: `${key}[${i}]`, message: 'fails the Luhn check' })
    else tokens.push(...made)
  }
  if (errors.length > 0) throw new LijianError('invalid_document', undefined, { errors })
  return tokens
}
