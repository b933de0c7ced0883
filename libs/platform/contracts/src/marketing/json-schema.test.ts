import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2020'
import fc from 'fast-check'
import { campaignJsonSchema } from './campaign-json-schema'
import { campaignShape } from './campaign'
import { EXAMPLES } from '../examples'
import { parseCampaign } from './campaign-parse'
import { routingJsonSchema } from '../routing/routing-json-schema'
import { routingShape } from '../routing/routing'
import { placesOf, WHOLE_CAMPAIGN } from './testing/whole-campaign'

const campaigns = join(__dirname, '..', '..', '..', '..', '..', 'campaigns')
const validate = new Ajv({ strict: false, validateFormats: false }).compile(campaignJsonSchema())
const documents = readdirSync(campaigns, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, json: JSON.parse(readFileSync(join(campaigns, name), 'utf8')) as unknown }))
  .filter(({ json }) => typeof json === 'object' && json !== null && 'offers' in json)

test('the published file is the one that the schema makes today (./lijian schema > campaigns/schema/campaign.schema.json)', () => {
  const published = readFileSync(join(campaigns, 'schema', 'campaign.schema.json'), 'utf8')
  expect(JSON.parse(published)).toEqual(campaignJsonSchema())
})

test('there are documents to look at', () => expect(documents.length).toBeGreaterThan(10))

test.each(documents)('$name is valid, and valid for an editor', ({ json }) => {
  expect(parseCampaign(json)).toMatchObject({ ok: true })
  validate(json)
  expect(validate.errors).toBeNull()
})

test('whatever stands at any place, and whatever key is added there, both say the same of its form', () => {
  const places = placesOf(WHOLE_CAMPAIGN).length
  const edit = fc.record({ at: fc.nat({ max: places - 1 }), value: fc.jsonValue(), added: fc.boolean() })
  fc.assert(
    fc.property(edit, ({ at, value, added }) => {
      const document: unknown = structuredClone(WHOLE_CAMPAIGN)
      const { holder, key } = placesOf(document)[at]!
      if (added && !Array.isArray(holder)) holder.colour = value
      else holder[key] = value
      expect(validate(document)).toBe(campaignShape.safeParse(document).success)
    }),
    { numRuns: 500 },
  )
})

test.each`
  _case                       | edit
  ${'an unknown key'}         | ${(d: any) => (d.colour = 'red')}
  ${'an unknown key, inside'} | ${(d: any) => (d.offers[0].rule.window = { form: '2026-10-01' })}
  ${'a text for an amount'}   | ${(d: any) => (d.budget = { amount: '1' })}
  ${'a fraction of a fen'}    | ${(d: any) => (d.budget = { amount: 1.5 })}
  ${'another kind'}           | ${(d: any) => (d.offers[0].kind = 'cash')}
  ${'no offers'}              | ${(d: any) => (d.offers = [])}
  ${'a missing key'}          | ${(d: any) => delete d.funders}
  ${'a draw without a max'}   | ${(d: any) => (d.offers[0].rule.benefit = { type: 'reduce', tiers: [{ atLeast: 1, off: { min: 1 } }] })}
  ${'a weekday 8'}            | ${(d: any) => (d.offers[0].rule.window = { weekdays: [8] })}
`('both refuse $_case', ({ edit }) => {
  const document = structuredClone(documents[0]!.json)
  edit(document)
  expect(validate(document)).toBe(false)
  expect(campaignShape.safeParse(document).success).toBe(false)
})

test.each<[string, (document: any) => void]>([
  ['as it is', () => {}],
  ['an unknown key', (d) => (d.mids[0].limits = {})],
  ['a text for an amount', (d) => (d.mids[0].dailyAmount = '1')],
  ['an hour 25', (d) => (d.mids[0].serviceHours = [['25:00', '26:00']])],
  ['no pools for a route', (d) => (d.merchants[0].routes[0].pools = [])],
  ['a missing key', (d) => delete d.timeZone],
])('a routing document, %s: valid for an editor exactly when its form is', (name, edit) => {
  const document = structuredClone(EXAMPLES['routing']) as object
  edit(document)
  const isValid = new Ajv({ strict: false, validateFormats: false }).compile(routingJsonSchema())(document)
  expect(isValid).toBe(name === 'as it is')
  expect(routingShape.safeParse(document).success).toBe(isValid)
})
