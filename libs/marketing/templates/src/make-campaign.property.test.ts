import { parseCampaign, type ParameterValue, type TemplateParameter } from '@lijian/contracts/marketing'
import fc from 'fast-check'
import { makeCampaign } from './make-campaign'
import { checkParameters } from './parameters'
import { shippedTemplates } from './shipped'

const RUNS = 400
const templates = shippedTemplates()

const numbers = (least: number, most: number) =>
  fc.oneof(
    fc.integer({ min: least, max: Math.min(most, least + 40_000) }),
    fc.integer({ min: least, max: Math.min(most, 1_000_000) }),
    fc.maxSafeInteger().map((n) => least + (Math.abs(n) % (most - least + 1))),
  )

/** What its schema accepts, at its edges too. */
function valuesOf(parameter: TemplateParameter): fc.Arbitrary<ParameterValue> {
  switch (parameter.type) {
    case 'integer':
      return numbers(parameter.minimum ?? 0, parameter.maximum ?? 1_000_000)
    case 'boolean':
      return fc.boolean()
    case 'string':
      if (parameter.enum !== undefined) return fc.constantFrom(...parameter.enum)
      return parameter.format === 'date'
        ? fc
            .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
            .map((day) => day.toISOString().slice(0, 10))
        : codes
    case 'array':
      return fc.uniqueArray(codes, { minLength: parameter.minItems ?? 0, maxLength: 4 })
  }
}
const codes = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/)

const requests = fc
  .constantFrom(...templates)
  .chain((template) =>
    fc.record({
      template: fc.constant(template),
      code: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
      name: fc.option(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), { nil: undefined }),
      parameters: fc.record(
        Object.fromEntries(Object.entries(template.parameters.properties).map(([name, one]) => [name, valuesOf(one)])),
        { requiredKeys: [] },
      ) as fc.Arbitrary<Record<string, ParameterValue>>,
    }),
  )

test('what the schema accepts makes a campaign that the parser accepts, or errors that name what was sent', () => {
  const seen = { made: 0, refused: 0 }
  fc.assert(
    fc.property(requests, ({ template, code, name, parameters }) => {
      expect(checkParameters(template.parameters, parameters)).toMatchObject({ ok: true })
      const made = makeCampaign(template, { code, name, parameters })
      if (made.ok) {
        seen.made++
        expect(parseCampaign(JSON.parse(JSON.stringify(made.document)))).toMatchObject({ ok: true })
        expect(made.sentences.length).toBeGreaterThan(0)
        for (const sentence of made.sentences) expect(Object.values(sentence).join()).not.toMatch(/[{}]|undefined|NaN/)
        return
      }
      seen.refused++
      expect(made.errors.length).toBeGreaterThan(0)
      for (const { path, message, messageZh } of made.errors) {
        const [, parameter] = /^parameters\.(\w+)/.exec(path) ?? []
        if (parameter === undefined) expect(['code', 'name']).toContain(path)
        else expect(Object.keys(template.parameters.properties)).toContain(parameter)
        expect(message).not.toBe('')
        expect(messageZh).toMatch(/\p{Script=Han}/u)
      }
    }),
    { numRuns: RUNS },
  )
  // Neither half stands for the whole.
  expect(seen.made).toBeGreaterThan(RUNS / 20)
  expect(seen.refused).toBeGreaterThan(RUNS / 20)
})

test('whatever is sent as parameters is taken or refused, never a fault', () => {
  fc.assert(
    fc.property(fc.constantFrom(...templates), fc.dictionary(fc.string(), fc.jsonValue()), (template, sent) => {
      const checked = checkParameters(template.parameters, sent as Record<string, ParameterValue>)
      if (!checked.ok) for (const { path } of checked.errors) expect(path).toMatch(/^parameters/)
    }),
    { numRuns: RUNS },
  )
})
