import type { RoutingDocument } from '@lijian/contracts/routing'

export type Parts = Record<string, unknown>

/** What an approver is shown of two documents: what is equal in both is left out, so thousands of merchants do not stand in every proposal. */
export interface Differences {
  /** Null: nothing is live. */
  was: Parts | null
  is: Parts
}

/** Of more text nobody reads the differences one by one: the numbers are shown, and the versions can be read whole. */
const SHOWN_BYTES = 256 * 1024

export function differences(was: RoutingDocument | undefined, is: RoutingDocument): Differences {
  const before: Parts = {}
  const after: Parts = {}
  for (const key of keysOf(was ?? {}, is)) {
    const [old, now] = [part(was, key), part(is, key)]
    if (same(old, now)) continue
    const [shownOld, shownNow] = Array.isArray(now) && isNamed(now) ? ofLists(asList(old), now) : [old, now]
    if (shownOld !== undefined) before[key] = shownOld
    if (shownNow !== undefined) after[key] = shownNow
  }
  const found = { was: was === undefined ? null : before, is: after }
  return JSON.stringify(found).length <= SHOWN_BYTES ? found : inNumbers(found)
}

/** As numbers of entries that differ on either side. */
function inNumbers({ was, is }: Differences): Differences {
  const count = (parts: Parts) => ({
    differing: Object.fromEntries(
      Object.entries(parts).map(([key, value]) => [key, Array.isArray(value) ? value.length : 1]),
    ),
  })
  return { was: was === null ? null : count(was), is: count(is) }
}

/** Entries of both lists that the other one does not have as they are. */
function ofLists(old: readonly Entry[], now: readonly Entry[]): [unknown, unknown] {
  const known = new Map(old.map((entry) => [nameOf(entry), entry]))
  const wanted = new Map(now.map((entry) => [nameOf(entry), entry]))
  const left = old.filter((entry) => !same(entry, wanted.get(nameOf(entry))))
  const come = now.filter((entry) => !same(entry, known.get(nameOf(entry))))
  return [left.length > 0 ? left : undefined, come.length > 0 ? come : undefined]
}

type Entry = { code?: string; merchant?: string }
const nameOf = ({ code, merchant }: Entry): string | undefined => code ?? merchant
const isNamed = (list: readonly unknown[]): list is Entry[] =>
  list.every((entry) => typeof entry === 'object' && entry !== null && nameOf(entry as Entry) !== undefined)
const asList = (value: unknown): readonly Entry[] => (Array.isArray(value) ? (value as Entry[]) : [])
const part = (document: object | undefined, key: string): unknown => (document as Parts | undefined)?.[key]
const keysOf = (...documents: object[]): Set<string> => new Set(documents.flatMap((one) => Object.keys(one)))
/** Parsed documents have one order of keys. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
