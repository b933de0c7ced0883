import { cardGroup, cardGroupAnswer, LijianError, merchant, type CardGroup, type FieldError } from '@lijian/contracts'
import type { Edge } from '@lijian/privacy'
import { example } from '../examples'
import type { Api, ApiContext } from '../context'
import { codeParams, idParams, problemResponse, shown } from '../route-kit'
import { documentCompiler, sameCode } from '../validation'

export function documentRoutes(app: Api, context: ApiContext): void {
  merchants(app, context)
  cardGroups(app, context)
}

function merchants(app: Api, { use, authenticate, documentsChanged }: ApiContext): void {
  const tag = 'merchants'
  const writers = ['merchants'] as const
  const readers = ['read', 'merchants'] as const
  const answers = { 200: example(merchant, 'merchant'), default: problemResponse }
  app.put(
    '/v1/merchants/:id',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'Store a merchant and its fees' }),
        params: idParams,
        body: example(merchant, 'merchant'),
        response: answers,
      },
      validatorCompiler: documentCompiler,
      onRequest: authenticate(...writers),
    },
    async ({ principal, params, body }) => {
      sameCode('id', params.id, body.id)
      const answer = await use.merchants.put(body, principal.keyId)
      await documentsChanged()
      return answer
    },
  )
  app.get(
    '/v1/merchants/:id',
    {
      schema: { ...shown({ tag, scopes: readers, summary: 'A merchant' }), params: idParams, response: answers },
      onRequest: authenticate(...readers),
    },
    ({ params }) => use.merchants.read(params.id),
  )
}

function cardGroups(app: Api, { use, edge, authenticate, documentsChanged }: ApiContext): void {
  const tag = 'card groups'
  const writers = ['card-groups'] as const
  const readers = ['read', 'card-groups'] as const
  const answers = { 200: example(cardGroupAnswer, 'card-group-answer'), default: problemResponse }
  app.put(
    '/v1/card-groups/:code',
    {
      schema: {
        ...shown({ tag, scopes: writers, summary: 'Store a card group', description: GROUP_WORDS }),
        params: codeParams,
        body: example(cardGroup, 'card-group'),
        response: answers,
      },
      validatorCompiler: documentCompiler,
      onRequest: authenticate(...writers),
    },
    async ({ principal, params, body }) => {
      sameCode('code', params.code, body.code)
      const answer = await use.cardGroups.put({ ...body, cards: tokensOf(body, edge) }, principal.keyId)
      await documentsChanged()
      return answer
    },
  )
  app.get(
    '/v1/card-groups/:code',
    {
      schema: { ...shown({ tag, scopes: readers, summary: 'A card group' }), params: codeParams, response: answers },
      onRequest: authenticate(...readers),
    },
    ({ params }) => use.cardGroups.read(params.code),
  )
}

/** Every card number that is wrong is named by its place, never by its digits. */
function tokensOf({ cards }: CardGroup, edge: Edge): string[] {
  const errors: FieldError[] = []
  const tokens = cards.map((card, i) => {
    const token = edge.groupCard(card)
    if (token === undefined) errors.push({ path: `cards[${i}]`, message: 'fails the Luhn check' })
    return token ?? ''
  })
  if (errors.length > 0) throw new LijianError('invalid_document', undefined, { errors })
  return tokens
}

const GROUP_WORDS = `BIN prefixes of 1 to 12 digits, card tokens, or both. Card numbers in "cards" become tokens at once; cards are counted in answers, never shown.`
