/**
 * What is stored as JSON carries the version `v` of its shape; without one it is version 1. Whoever reads a row gets today's shape; what is
 * written has it. A new version: a number here, its upcaster at the end of the list, its shape in record-shapes.ts, rows of the one before as a
 * fixture of the tests named `stored`.
 */
export const TRANSACTION_VERSION = 2
export const ROUTE_VERSION = 2
export const REVERSE_VERSION = 2

type Json = Record<string, unknown>
/** From version n, at place n − 1, to the one after it. */
export type Upcasters = readonly ((older: Json) => Json)[]

/** Version 2 only names itself. */
const named = (older: Json): Json => ({ ...older, v: 2 })
const [transaction, route, reverse]: [Upcasters, Upcasters, Upcasters] = [[named], [named], [named]]

/** The version of stored JSON; 0: not one that this release knows. */
export function versionOf({ v }: Json, upcasters: Upcasters): number {
  if (v === undefined) return 1
  return typeof v === 'number' && Number.isInteger(v) && v >= 2 && v <= upcasters.length + 1 ? v : 0
}

function upcast(json: Json, upcasters: Upcasters): Json {
  const version = versionOf(json, upcasters)
  return version === 0 ? json : upcasters.slice(version - 1).reduce((older, next) => next(older), json)
}

export const upcastTransaction = (json: Json): Json =>
  json['v'] === TRANSACTION_VERSION ? json : upcast(json, transaction)
/** A route's record; `attempts` beside it are of the same version, since they are written together. */
export const upcastRoute = (json: Json): Json => (json['v'] === ROUTE_VERSION ? json : upcast(json, route))
/** The answer of a reverse transaction. */
export const upcastReverse = (json: Json): Json => (json['v'] === REVERSE_VERSION ? json : upcast(json, reverse))
