import { createHash } from 'node:crypto'
import {
  parseRouting,
  type ComplianceAnswer,
  type ComplianceList,
  type RoutingDocument,
  type RoutingPutAnswer,
} from '@lijian/contracts/routing'
import {
  canonicalJson,
  decodeText,
  withoutByteOrderMark,
  WrongText,
  wrongTextsOf,
  type FieldError,
} from '@lijian/contracts/system'
import { compileRouting, compliance, routingWarnings, type LastMonth, type Routing } from '@lijian/selection'
import { behindPayments } from '@lijian/threads'
import { parse } from 'secure-json-parse'
import { differences, type Differences } from './differences'
import { sharedUses, type SharedUse } from './shared-uses'

/**
 * What takes seconds with thousands of merchants, and so is done on a thread of its own (`document-thread.ts`): payments do not wait for it. Questions and
 * answers are plain values; a document travels as its text.
 */

export type Checked =
  | { text: string; said: Said; shared: SharedUse[]; shown?: Shown }
  | { errors: FieldError[] }
  | { notText: FieldError[] }
  | { notJson: true }

export type Said = Omit<RoutingPutAnswer, 'version' | 'dryRun' | 'proposal'>
/** What an approver is shown. `sha256`: of the whole document in canonical form. */
export interface Shown extends Differences {
  sha256: string
}

export interface CheckQuestion {
  bytes: Uint8Array
  lastMonth: LastMonth
  /** The live document's text; absent or null: there is none. */
  live?: string | null
}

/** A document as it was sent: its errors, or the text to keep with what is odd about it, and how it differs from the live one. */
export function check({ bytes, lastMonth, live = null }: CheckQuestion): Checked {
  let body: string
  try {
    body = withoutByteOrderMark(decodeText(bytes))
  } catch (error) {
    if (error instanceof WrongText) return { notText: error.errors }
    throw error
  }
  let json: unknown
  try {
    // As every other body is read: keys that would become a prototype are refused.
    if (body !== '') json = parse(body, null, { protoAction: 'error', constructorAction: 'error' })
  } catch {
    return { notJson: true }
  }
  const errors = wrongTextsOf(body, json)
  if (errors.length > 0) return { errors }
  const parsed = parseRouting(json)
  if (!parsed.ok) return { errors: parsed.errors }
  const { routing } = parsed
  const { channels, mids, pools, merchants } = routing
  const text = JSON.stringify(routing)
  const stands = live === null ? undefined : (JSON.parse(live) as RoutingDocument)
  return {
    text,
    shared: sharedUses(routing, stands),
    ...(live === text ? {} : { shown: shownOf(routing, stands) }),
    said: {
      channels: channels.length,
      mids: mids.length,
      pools: pools.length,
      merchants: merchants.length,
      warnings: routingWarnings(routing, lastMonth).map((warning) => ({ ...warning, proof: { ...warning.proof } })),
    },
  }
}

const shownOf = (routing: RoutingDocument, stands: RoutingDocument | undefined): Shown => ({
  ...differences(stands, routing),
  sha256: createHash('sha256').update(canonicalJson(routing)).digest('hex'),
})

export interface ComplianceQuestion {
  version: number
  /** The version's document, unless this thread has had it. */
  text?: string
  merchants: ReadonlyMap<string, { mcc?: string; region?: string }>
  taken: ReadonlyMap<string, { amountFen: number }>
  list?: ComplianceList
  from: number
  limit: number
}

type Lists = Omit<ComplianceAnswer, 'version' | 'since' | 'unknownMerchants' | 'versions'>

let known: Routing | undefined

/** One page of each list; undefined: the document is wanted first. */
export function complianceLists({ version, text, ...question }: ComplianceQuestion): Lists | undefined {
  if (text !== undefined) known = compileRouting(JSON.parse(text) as RoutingDocument, version)
  if (known?.version !== version) return undefined
  const routing = known
  const { merchants, taken, list, from, limit } = question
  const report = compliance(routing, merchants, taken)
  const page = <Item, Shown>(name: ComplianceList, items: readonly Item[], show: (item: Item) => Shown) => {
    if (list !== undefined && list !== name) return {}
    const to = from + limit
    const next = to < items.length ? { next: String(to) } : {}
    return { [name]: { total: items.length, items: items.slice(from, to).map(show), ...next } }
  }
  return {
    ...page('sharedPools', report.sharedPools, (one) => ({ ...one, merchants: one.merchants.length })),
    ...page(
      'sharedUse',
      report.sharedPools.flatMap(({ pool, merchants: who }) => who.map((merchant) => ({ pool, merchant }))),
      (one) => one,
    ),
    ...page('mismatches', report.mismatches, (one) => one),
    ...page('concentration', report.concentration, ({ mid, channel, merchants: who, amountFen, sharePpm }) => {
      const counted = routing.mids.get(mid)!.key !== undefined
      return { mid, channel, merchants: who, amount: counted ? amountFen : null, sharePpm: counted ? sharePpm : null }
    }),
  }
}

behindPayments()

const WORK = { check, complianceLists }
export type Work = typeof WORK

/** What the thread is asked: one name of the above, and its question. */
export default function answer<Name extends keyof Work>([name, question]: [Name, Parameters<Work[Name]>[0]]): unknown {
  return WORK[name](question as never)
}
