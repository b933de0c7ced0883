import * as finance from '@lijian/contracts/finance'
import * as marketing from '@lijian/contracts/marketing'
import * as people from '@lijian/contracts/people'
import * as routing from '@lijian/contracts/routing'
import * as system from '@lijian/contracts/system'
import { schemasIn, walkInput } from '@lijian/contracts/testing/walk-input'
import { z } from 'zod'
import { TABLE } from './http/table'

const endpoints = Object.values(TABLE).flat()

/** What the API takes, by operation. */
const asked: Record<string, z.ZodType> = {}
/** What it answers, with everything in it. */
const answered = new Set<z.core.$ZodType>()
for (const { operationId, params, query, body, answer, also = {} } of endpoints) {
  for (const [part, schema] of Object.entries({ params, query, body }))
    if (schema !== undefined) asked[`${operationId} ${part}`] = schema
  for (const schema of [answer, ...Object.values(also)]) if (schema instanceof z.ZodType) schemasIn(schema, answered)
}

/** Rows that we have written, and what other texts are made of. */
const PRIMITIVES = ['storedFacts', 'identityText', 'lineText', 'lineCheck', 'wordsText', 'plainLine', 'plainWords']

/** What is asked is strict. Objects that are not are answers of the CLI, of flows, of single parts of a page. */
const isStrict = (schema: z.ZodType): boolean =>
  !(schema instanceof z.ZodObject) || schema.def.catchall?._zod.def.type === 'never'

/** Taken as anything, and read by somebody else. */
const READ_LATER = [
  /^evaluate body\.campaigns\[\]/, // parseCampaign
  /^putRuleTemplate body\.campaign(\.\*)?: /, // templateErrors, with its holes filled
  /^amendProposal body/, // the schema of the proposal's kind
  /^(import(CardGroup|CustomerGroup|MerchantGroup|Merchants|Bill)|giveBacktestFile) body:/, // files, line by line
  /^finishOidc query/, // what identity providers add is left out
  /^logoutOidc body:/, // a form of bounded length, with one token in it
  /^addPasskey body\.response\.clientExtensionResults:/, // what browsers add is left out
]

test('whatever comes in has a maximum, and its free text is the text primitive', () => {
  const contracts = { ...finance, ...marketing, ...people, ...routing, ...system } as Record<string, unknown>
  const named = Object.entries(contracts).filter(
    (entry): entry is [string, z.ZodType] =>
      entry[1] instanceof z.ZodType && !answered.has(entry[1]) && isStrict(entry[1]) && !PRIMITIVES.includes(entry[0]),
  )
  const { schemas, open } = walkInput({ ...asked, ...Object.fromEntries(named) })
  console.log(`${endpoints.length} operations, ${schemas} schemas of input`)
  expect(open.filter((place) => !READ_LATER.some((known) => known.test(place)))).toEqual([])
})
