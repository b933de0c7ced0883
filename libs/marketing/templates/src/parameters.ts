import { isoDate, code as codeText, plainLine, type FieldError } from '@lijian/contracts/system'
import type { ParameterValues, TemplateParameters } from '@lijian/contracts/marketing'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020'

/** What the formats of texts accept; of numbers a format says only how people read it. */
const CLOCK = /^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/
const TEXTS = {
  date: { isFine: (text: string) => isoDate.safeParse(text).success, expected: 'a date such as "2026-10-01"' },
  code: {
    isFine: (text: string) => codeText.safeParse(text).success,
    expected: '1 to 64 of A-Z a-z 0-9 . _ - , beginning with a letter or digit',
  },
  clock: { isFine: (text: string) => CLOCK.test(text), expected: 'a clock time such as "09:30" or "24:00"' },
  line: {
    isFine: (text: string) => plainLine.safeParse(text).success,
    expected: 'text without control characters and without halves of surrogate pairs',
  },
} as const

const isFineNumber = (format: string, value: number): boolean =>
  format === 'ppm' ? value >= 0 && value <= 1_000_000 : format === 'weekday' ? value >= 1 && value <= 7 : value >= 0
const NUMBERS: Readonly<Record<string, string>> = {
  fen: 'at least 0',
  count: 'at least 0',
  ppm: 'a share from 0 to 1000000 ppm',
  weekday: 'a weekday from 1 (Monday) to 7',
}

const ajv = new Ajv2020({ allErrors: true, useDefaults: true, strict: true, allowUnionTypes: false, verbose: true })
for (const [name, { isFine }] of Object.entries(TEXTS)) ajv.addFormat(name, isFine)
for (const name of Object.keys(NUMBERS))
  ajv.addFormat(name, { type: 'number', validate: (value: number) => isFineNumber(name, value) })
ajv.addVocabulary(['titleZh', 'descriptionZh', 'words'])

/** A template is asked again and again while somebody fills its form. Compiling one takes milliseconds. */
const COMPILED_MAX = 200
const compiled = new Map<string, ValidateFunction>()

function validatorOf(parameters: TemplateParameters): ValidateFunction {
  const key = JSON.stringify(parameters)
  const known = compiled.get(key)
  if (known !== undefined) return known
  const made = ajv.compile(parameters)
  ajv.removeSchema(parameters)
  if (compiled.size >= COMPILED_MAX) compiled.delete(compiled.keys().next().value!)
  compiled.set(key, made)
  return made
}

export type CheckedParameters = { ok: true; values: ParameterValues } | { ok: false; errors: FieldError[] }

/** The values with defaults in place of what was left out, or every error by its parameter. */
export function checkParameters(parameters: TemplateParameters, given: ParameterValues): CheckedParameters {
  const validate = validatorOf(parameters)
  const values = structuredClone(given)
  if (validate(values)) return { ok: true, values }
  return { ok: false, errors: (validate.errors ?? []).map(fieldErrorOf) }
}

function fieldErrorOf(error: ErrorObject): FieldError {
  const path = pathOf(error.instancePath)
  const params = error.params as Record<string, unknown>
  if (error.keyword === 'required')
    return { path: `${path}.${String(params.missingProperty)}`, message: 'expected a value, found nothing' }
  if (error.keyword === 'additionalProperties') {
    const key = String(params.additionalProperty)
    return { path: `${path}.${key}`, message: `unknown key "${key}"` }
  }
  return { path, message: `expected ${expectationOf(error, params)}` }
}

/** `/merchants/3` is `parameters.merchants[3]`. */
const pathOf = (pointer: string): string =>
  `parameters${pointer.replace(/\/([^/]*)/g, (_, step: string) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))}`

const TYPES: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
}

function expectationOf({ keyword, schema }: ErrorObject, params: Record<string, unknown>): string {
  const limit = String(params.limit)
  switch (keyword) {
    case 'type':
      return TYPES[String(params.type)] ?? 'another value'
    case 'minimum':
      return `at least ${limit}`
    case 'maximum':
      return `at most ${limit}`
    case 'minItems':
      return `at least ${limit} entries`
    case 'maxItems':
      return `at most ${limit} entries`
    case 'minLength':
      return `at least ${limit} characters`
    case 'maxLength':
      return `at most ${limit} characters`
    case 'multipleOf':
      return `a multiple of ${String(params.multipleOf)}`
    case 'uniqueItems':
      return 'each value once'
    case 'enum':
      return `one of ${(schema as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`
    case 'format': {
      const name = String(params.format)
      return name in TEXTS ? TEXTS[name as keyof typeof TEXTS].expected : NUMBERS[name]!
    }
    default:
      return 'another value'
  }
}
