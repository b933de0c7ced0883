import fc from 'fast-check'
import { oddKey, oddNumber, oddText, oddValue, textOfJson } from './odd'
import type { Operation, Schema } from './operations'
import { schemaNamed } from './operations'
import { KNOWN, valid } from './schema'

/** A request as it goes over the wire, without its key: it can be written down and sent again. */
export interface WalkRequest {
  target: string
  headers: Record<string, string>
  body?: string
}

const HALF = /\p{Cs}/gu
/** Percent-encoded as UTF-8, also what is no text: half of a pair becomes the bytes that it would have. */
const encoded = (text: string) => text.split(HALF).map(encodeURIComponent).join('%ED%A0%80')

const rawPiece = fc.constantFrom('%', '%00', '%ff', '%zz', '%ED%A0%80', '..%2f..', '%2e%2e', ';', ',')

const pathValue = (schema: Schema) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...KNOWN).map(encoded) },
    { weight: 3, arbitrary: valid(schema).map((one) => encoded(String(one))) },
    { weight: 2, arbitrary: oddText.filter((one) => one !== '').map(encoded) },
    { weight: 1, arbitrary: rawPiece },
  )

function queryPart({ name, schema }: Operation['query'][number]): fc.Arbitrary<string> {
  const one = fc
    .oneof(
      { weight: 5, arbitrary: valid(schema).map((value) => encoded(String(value))) },
      { weight: 2, arbitrary: fc.constantFrom(...KNOWN).map(encoded) },
      { weight: 2, arbitrary: oddText.map(encoded) },
      { weight: 1, arbitrary: rawPiece },
    )
    .map((value) => `${name}=${value}`)
  return fc.oneof(
    { weight: 8, arbitrary: one },
    { weight: 1, arbitrary: fc.tuple(one, one).map((two) => two.join('&')) },
  )
}

const strangePart = fc.oneof(
  oddKey.map((key) => `${encoded(key)}=1`),
  fc.constantFrom('__proto__[x]=1', 'a[b][c]=1', '&&&', '=', '?', 'limit=1e9', 'after=-1'),
)

function query({ query: parameters }: Operation): fc.Arbitrary<string> {
  const given = parameters.map((parameter) => {
    const part = queryPart(parameter)
    return parameter.required === true ? fc.option(part, { nil: '', freq: 9 }) : fc.option(part, { nil: '', freq: 1 })
  })
  const strange = fc.option(strangePart, { nil: '', freq: 1 }).chain((part) => fc.constantFrom('', '', '', part))
  return fc.tuple(...given, strange).map((parts) => {
    const text = parts.filter((part) => part !== '').join('&')
    return text === '' ? '' : `?${text}`
  })
}

/** Every place of a value, from the root. */
function places(value: unknown, here: string[] = [], found: string[][] = []): string[][] {
  found.push(here)
  if (found.length < 300 && typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) places(inner, [...here, key], found)
  return found
}

/** A copy with another value at a place; `undefined` takes it away. */
function withAt(value: unknown, [key, ...rest]: string[], put: unknown): unknown {
  if (key === undefined) return put
  const inner = withAt((value as Record<string, unknown>)[key], rest, put)
  if (Array.isArray(value))
    return value.flatMap((one, i) => (String(i) !== key ? [one as unknown] : inner === undefined ? [] : [inner]))
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([name, one]) =>
      name !== key ? [[name, one]] : inner === undefined ? [] : [[name, inner]],
    ),
  )
}

const at = (value: unknown, path: string[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value)

const changed = (base: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(base, fc.nat(), fc.constantFrom('put', 'put', 'put', 'drop', 'key', 'twice'), oddValue, oddKey, oddNumber)
    .map(([value, n, how, odd, key, number]) => {
      const all = places(value)
      const path = all[n % all.length]!
      const there = at(value, path)
      if (how === 'drop') return withAt(value, path, undefined)
      if (how === 'twice' && Array.isArray(there))
        return withAt(value, path, [...(there as unknown[]), ...(there as unknown[])])
      if (how === 'key' && typeof there === 'object' && there !== null && !Array.isArray(there))
        return withAt(value, path, Object.fromEntries([...Object.entries(there), [key, odd]]))
      return withAt(value, path, typeof there === 'number' && n % 2 === 0 ? number : odd)
    })

/** The example with parts of valid values of its own schema: far more of these are accepted than of what is valid alone. */
function recombined(schema: Schema, example: unknown): fc.Arbitrary<unknown> {
  const bare = schema.$ref === undefined ? schema : schemaNamed(schema.$ref)
  const properties = Object.entries(bare.properties ?? {})
  if (properties.length === 0 || typeof example !== 'object' || example === null) return fc.constant(example)
  const parts = properties.map(([name, one]) => valid(one, 2).map((value): [string, unknown] => [name, value]))
  return fc.array(fc.oneof(...parts), { maxLength: 3 }).map((put) => ({ ...example, ...Object.fromEntries(put) }))
}

const brokenText = fc.constantFrom(
  '',
  '{',
  'null',
  '[]',
  '"x"',
  '{"a":1,"a":2}',
  '{"__proto__":{"x":1}}',
  '\ufeff{}',
  `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
  '{"a":1e999}',
)

function jsonBody({ schema, example }: NonNullable<Operation['body']>): fc.Arbitrary<string> {
  const base =
    example === undefined ? valid(schema) : fc.oneof(fc.constant(example), recombined(schema, example), valid(schema))
  return fc.oneof(
    { weight: 4, arbitrary: base.map(textOfJson) },
    { weight: 6, arbitrary: changed(base).map(textOfJson) },
    { weight: 1, arbitrary: brokenText },
  )
}

const fileBody = fc
  .array(
    fc.oneof(
      oddText,
      fc.constantFrom('622202', '{"token":"x"}', 'a,b,c', 'cd_3q2-7wPz0Yb1kT5mXc9dRf4hJv8nLs6aGuEoWiQyHt'),
    ),
    { maxLength: 6 },
  )
  .map((lines) => lines.map((line) => line.replace(HALF, '?')).join('\n'))

const oddHeaders = fc.constantFrom<Record<string, string>>(
  {},
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=gbk' },
  { 'content-type': 'application/json;;=' },
  { 'content-type': 'multipart/form-data' },
  { 'content-encoding': 'gzip' },
  { accept: 'application/xml' },
  { 'accept-language': 'zh-CN;q=9,\u00ff' },
  { 'idempotency-key': 'x'.repeat(4_000) },
  { 'x-forwarded-for': '127.0.0.1', 'x-http-method-override': 'DELETE' },
  { 'if-none-match': '*', range: 'bytes=0-0,5-' },
  { origin: 'null', cookie: '__proto__=1' },
)

const LONGEST_MS = 10_000
/** A decision that comes too late for its answer is written behind it, and looks like a change by the request that follows. */
const patient = (text: string) =>
  text.replace(/"deadlineMs":([0-9]+)/g, (all, ms: string) =>
    Number(ms) > LONGEST_MS ? all : `"deadlineMs":${LONGEST_MS}`,
  )

/** Requests of an operation: right by its schema, wrong at one place, and odd in address and headers. */
export function requests(operation: Operation): fc.Arbitrary<WalkRequest> {
  let known = made.get(operation)
  if (known === undefined) made.set(operation, (known = make(operation)))
  return known
}

const made = new Map<Operation, fc.Arbitrary<WalkRequest>>()
function make(operation: Operation): fc.Arbitrary<WalkRequest> {
  const names = operation.params.map(({ schema }) => pathValue(schema))
  const body = operation.body
    ? jsonBody(operation.body)
    : operation.takes.length > 0
      ? fileBody
      : fc.constantFrom(undefined, undefined, undefined, '{}')
  const type = operation.takes.length > 0 ? fc.constantFrom(...operation.takes) : fc.constant('application/json')
  const headers = fc.oneof({ weight: 8, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: oddHeaders })
  return fc.tuple(fc.tuple(...names), query(operation), body, type, headers).map(([values, search, text, of, more]) => {
    let n = 0
    return {
      target: operation.path.replaceAll(/\{[^}]+\}/g, () => values[n++]!) + search,
      headers: { ...(text === undefined ? {} : { 'content-type': of }), ...more },
      ...(text === undefined ? {} : { body: patient(text) }),
    }
  })
}
