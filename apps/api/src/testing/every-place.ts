import type { Scope } from '@lijian/contracts/people'
import { z } from 'zod'
import { TABLE } from '../http/table'
import type { Who } from './test-api'

/** A request of the table's with something else in one place. */
export interface Placed {
  /** `operation where`. */
  place: string
  who: Who
  method: string
  path: string
  body?: unknown
}

type Spec = (typeof TABLE)[keyof typeof TABLE][number]

/**
 * Every operation with `text` in every place in turn where a text may stand: path, query, each text of the example's body, each key that a sender
 * chooses. What is beside it comes from the examples.
 */
export function everyPlace(text: string): Placed[] {
  return Object.values(TABLE)
    .flat()
    .flatMap((spec) => [...inAddress(spec, text), ...inBody(spec, text)])
}

/** Codes of merchants and MIDs come from others, and codes of documents are what people see in every list (decision 0061). */
const CODES =
  /[:?.](id|code|offer|merchant|merchants|subMerchants|merchantGroups|branch|parent|mid|mids|pool|pools|channel|channels|client|partner|of|key|source|layout|system|clearingSystem|drafts|section|per|allowedMerchants|binGroups|exclude|group|cardBlacklists|cardWhitelists|customerGroups|terminals|deliverTo|target|kind|\$schema|number)(\[[0-9]+\])?(\.partner)?$/
/** Whether a code stands there: it may look like a card number by chance. */
export const isCode = (place: string): boolean => CODES.test(place)

const HOLDERS: [Who, readonly Scope[]][] = [
  ['system', ['transactions']],
  ['finance', ['finance']],
  ['checker', ['campaigns.check', 'funding.check']],
  ['maker', ['campaigns.make', 'merchants', 'routing', 'card-groups', 'partners', 'funding.make', 'cases', 'reconciliation', 'read', 'admin']], // prettier-ignore
]
const whoMay = ({ scopes }: Spec): Who =>
  HOLDERS.find(([, has]) => scopes.some((scope) => has.includes(scope)))?.[0] ?? 'maker'

/** In the address of an example: numbers where numbers are. */
const filled = (spec: Spec, param?: string, text = ''): string =>
  spec.path.replace(/:(\w+)/g, (_, name: string) => {
    if (name === param) return encodeURIComponent(text)
    if (name === 'part') return 'mids'
    return name === 'id' && !spec.path.includes('merchants') ? '1' : name === 'date' ? '2026-10-01' : 'M0001'
  })

function inAddress(spec: Spec, text: string): Placed[] {
  const { operationId, method } = spec
  const body = exampleOf(spec)
  const request = { who: whoMay(spec), method, ...(body === undefined ? {} : { body }) }
  const params = [...spec.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    place: `${operationId} :${name}`,
    ...request,
    path: filled(spec, name, text),
  }))
  const shape = spec.query instanceof z.ZodObject ? (spec.query.shape as Record<string, unknown>) : {}
  const queries = Object.keys(shape).map((name) => ({
    place: `${operationId} ?${name}`,
    ...request,
    path: `${filled(spec)}?${new URLSearchParams({ [name]: text })}`,
  }))
  return [...params, ...queries]
}

function inBody(spec: Spec, text: string): Placed[] {
  const example = exampleOf(spec)
  if (typeof example !== 'object' || example === null) return []
  return [...changed(example, text)].map(([at, body]) => ({
    place: `${spec.operationId} ${at}`,
    who: whoMay(spec),
    method: spec.method,
    path: filled(spec),
    body,
  }))
}

const exampleOf = ({ body }: Spec): unknown => {
  const { examples } = (body?.meta() ?? {}) as { examples?: unknown[] }
  return examples?.[0]
}

/** The value with the text in one place after the other, under a new key too. */
function* changed(value: unknown, text: string, at = ''): Generator<[at: string, value: unknown]> {
  if (typeof value === 'string') yield [at, text]
  else if (Array.isArray(value)) {
    for (const [i, entry] of value.entries())
      for (const [where, other] of changed(entry, text, `${at}[${i}]`)) yield [where, value.with(i, other)]
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value))
      for (const [where, other] of changed(entry, text, `${at}.${key}`)) yield [where, { ...value, [key]: other }]
    const rest = JSON.stringify(value).slice(1)
    yield [`${at}{}`, JSON.parse(`{${JSON.stringify(text)}:1${rest === '}' ? '' : ','}${rest}`)]
  }
}
