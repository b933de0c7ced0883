/** One place at which two documents differ; a side that is absent: there was, or is, nothing. */
export interface Difference {
  /** Of the document, such as `offers[FOOD].limits[1].amount`. */
  path: string
  before?: unknown
  after?: unknown
  /** The same parts stand in another order: both sides are their names. */
  isOrder?: true
}

type Json = Record<string, unknown>
type Scalar = string | number | boolean | null

/**
 * What differs, in one walk over both. Parts that have a code, an id, a merchant or a partner are found by it, wherever they stand, if no two of
 * their list have the same; a list of words is one place.
 */
export function* differences(before: unknown, after: unknown, path = ''): Generator<Difference> {
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      yield* differences(before[key], after[key], path === '' ? key : `${path}.${key}`)
  } else if (Array.isArray(before) && Array.isArray(after)) yield* ofLists(before, after, path)
  else if (!Object.is(before, after))
    yield { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }
}

function* ofLists(before: unknown[], after: unknown[], path: string): Generator<Difference> {
  if (isOfScalars(before) && isOfScalars(after)) {
    if (!isSameList(before, after)) yield { path, before, after }
    return
  }
  const [were, are] = [namesOf(before), namesOf(after)]
  if (were === undefined || are === undefined) {
    for (let i = 0; i < Math.max(before.length, after.length); i++)
      yield* differences(before[i], after[i], `${path}[${i}]`)
    return
  }
  const was = new Map(were.map((name, i) => [name, before[i]]))
  const is = new Map(are.map((name, i) => [name, after[i]]))
  for (const name of new Set([...were, ...are])) yield* differences(was.get(name), is.get(name), `${path}[${name}]`)
  const [order, stayed] = [were.filter((name) => is.has(name)), are.filter((name) => was.has(name))]
  if (!isSameList(order, stayed)) yield { path, before: order, after: stayed, isOrder: true }
}

/** Undefined: some part has no name, or two have the same. */
export function namesOf(parts: readonly unknown[]): string[] | undefined {
  const names = parts.map((part) =>
    isObject(part)
      ? [part['code'], part['id'], part['merchant'], part['partner']].find((name) => typeof name === 'string')
      : undefined,
  )
  const isNamed = names.every((name): name is string => typeof name === 'string')
  return isNamed && new Set(names).size === names.length ? names : undefined
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

export const isOfScalars = (list: readonly unknown[]): list is Scalar[] =>
  list.every((one) => one === null || typeof one !== 'object')

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, i) => Object.is(one, b[i]))
