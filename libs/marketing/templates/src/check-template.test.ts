import { ruleTemplate, type RuleTemplate } from '@lijian/contracts/marketing'
import { templateErrors } from './check-template'
import { makeCampaign } from './make-campaign'
import { shippedTemplates } from './shipped'

const shipped = shippedTemplates().find(({ code }) => code === 'REDUCE-TWO-TIERS')!
type Changes = (template: Record<string, any>) => void
const changed = (change: Changes): RuleTemplate => {
  const template = structuredClone(shipped)
  change(template)
  return ruleTemplate.parse(template)
}

test.each<[string, Changes, string]>([
  ['a hole that is no parameter', (t) => (t.campaign.from = { $: 'begin' }), 'campaign.from.$'],
  ['a hole beside other keys', (t) => (t.campaign.from = { $: 'from', or: 1 }), 'campaign.from.$'],
  ['a parameter that fills nothing', (t) => (t.campaign.to = '2030-01-01'), 'parameters.properties.to'],
  [
    'a parameter named as what is always there',
    (t) => (t.parameters.properties.code = t.parameters.properties.partner),
    'parameters.properties.code',
  ],
  ['a required one that is none', (t) => (t.parameters.required = ['who']), 'parameters.required[0]'],
  ['a required one that cannot be tried', (t) => (t.parameters.required = ['to']), 'parameters.properties.to'],
  ['a sentence with an unknown parameter', (t) => (t.sentences[1].en = 'From {who}'), 'sentences[1].en'],
  ['a sentence with an unknown form', (t) => (t.sentences[0]['zh-CN'] = '减{off|zhe}'), 'sentences[0].zh-CN'],
  ['a brace alone', (t) => (t.sentences[0].en = '{off'), 'sentences[0].en'],
  ['a name of what may be left out', (t) => (t.campaignName = '至{to}'), 'campaignName'],
  [
    'a default outside its bounds',
    (t) => (t.parameters.properties.off.default = 0),
    'parameters.properties.off.default',
  ],
  [
    'words that are not as many as the values',
    (t) => t.parameters.properties.paymentMode.words.pop(),
    'parameters.properties.paymentMode.words',
  ],
  ['a document that is no campaign', (t) => (t.campaign.colour = 'red'), 'campaign of the defaults: '],
  [
    'a document that is too deep',
    (t) => (t.campaign = JSON.parse('{"a":'.repeat(40) + '1' + '}'.repeat(40))),
    'campaign',
  ],
  ['a document that is too long', (t) => (t.campaign.name = 'x'.repeat(200_000)), 'campaign'],
])('%s is told', (_, change, path) => {
  expect(templateErrors(changed(change)).map((error) => error.path)).toContainEqual(expect.stringContaining(path))
})

test.each<[string, Changes]>([
  ['a pattern, which may take for ever', (t) => (t.parameters.properties.partner.pattern = '(a+)+$')],
  ['a reference', (t) => (t.parameters.properties.partner = { $ref: '#' })],
  ['another key', (t) => (t.parameters.additionalProperties = true)],
  ['a name that is no name', (t) => (t.parameters.properties['a b'] = t.parameters.properties.partner)],
])('of JSON Schema %s is not taken', (_, change) => {
  expect(() => changed(change)).toThrow()
})

const errorsOf = (
  template: RuleTemplate,
  parameters: Parameters<typeof makeCampaign>[1]['parameters'],
  name?: string,
) => {
  const made = makeCampaign(template, { code: 'C', name, parameters })
  return made.ok ? [] : made.errors.map(({ path, message }) => `${path}: ${message}`)
}

test('an error names the parameter, and where in the document it went', () => {
  expect(errorsOf(shipped, { atLeast: 50_000 })).toEqual([
    'parameters.atLeast2: expected more than the tier before (50000), found 20000 (offers[0].rule.benefit.tiers[1].atLeast of the document)',
  ])
  expect(errorsOf(shipped, { off: 'much', merchants: ['M-1', 'bad code', 'M-1'], colour: 1 })).toEqual([
    'parameters.colour: unknown key "colour"',
    'parameters.off: expected a whole number',
    'parameters.merchants[1]: expected 1 to 64 of A-Z a-z 0-9 . _ - , beginning with a letter or digit',
    'parameters.merchants: expected each value once',
  ])
})

test('an error at a fixed place names what differs from the defaults', () => {
  const fixed = changed((t) => {
    t.campaign.offers[0].rule.benefit.tiers[1].atLeast = 20_000
    delete t.parameters.properties.atLeast2
    for (const sentence of t.sentences)
      for (const key of ['en', 'zh-CN']) sentence[key] = sentence[key].replaceAll('atLeast2', 'atLeast')
    t.campaignName = '满{atLeast|bare}'
  })
  expect(templateErrors(fixed)).toEqual([])
  expect(errorsOf(fixed, { atLeast: 20_000, partner: 'CCB' })).toEqual([
    expect.stringMatching(/^parameters\.atLeast: expected more than the tier before/),
  ])
})

test('a name that is made of parameters blames them, one that was sent itself', () => {
  const long = changed((t) => (t.campaignName = `${'长'.repeat(195)}{atLeast}`))
  expect(errorsOf(long, { atLeast: 1_234_567 })).toEqual(
    expect.arrayContaining([expect.stringMatching(/^parameters\.atLeast: /)]),
  )
  expect(errorsOf(shipped, {}, '6222 0212 3456 7894')).toEqual(
    expect.arrayContaining([expect.stringMatching(/^name: /)]),
  )
})
