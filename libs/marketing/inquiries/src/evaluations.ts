import { LijianError, type FieldError } from '@lijian/contracts/system'
import type { Campaign, ConsideredOffer, EvaluationAnswer, ParsedCampaign } from '@lijian/contracts/marketing'
import { Evaluation, grantOffers, type Gate, type Granting } from '@lijian/decisions'
import { CounterView } from '@lijian/limits'
import {
  hotPool,
  loadCounters,
  loadNewestVersions,
  loadSuspended,
  type CounterRow,
  type NewestVersion,
} from '@lijian/database'
import { feeFen, screenAll, type Charge, type PriceSoFar, type Ranking } from '@lijian/rules'
import { isDeepStrictEqual } from 'node:util'
import type { ClientBase, Pool } from 'pg'
import type { CatalogService } from '@lijian/catalog'
import { factsOf, type QueryAsk } from '@lijian/transactions'

export interface EvaluationAsk extends Pick<QueryAsk, 'client' | 'request' | 'receivedAtMs'> {
  /** Documents, as `parseCampaign` found them. */
  campaigns: readonly ParsedCampaign[]
  /** Codes of stored campaigns: their newest version. */
  drafts: readonly string[]
  /** Nothing but these campaigns and drafts. */
  only: boolean
}

/**
 * What the door would answer to one payment now, or with other documents: nothing is written, locked or remembered. Documents are the
 * catalog's and the given ones; counters, suspensions and stored versions are read from PostgreSQL in one snapshot, over connections of its own,
 * so that no payment waits for it. The same serial decided before makes no difference: what it holds stands on the counters.
 */
export class Evaluations {
  private readonly pool: Pool

  constructor(private readonly options: { databaseUrl: string; catalog: CatalogService }) {
    this.pool = hotPool(options.databaseUrl, { max: 2, application_name: 'lijian-evaluations' })
  }

  /** Throws LijianError invalid_document (every error of every document) or unavailable; pg's errors when PostgreSQL is away. */
  async evaluate(ask: EvaluationAsk): Promise<EvaluationAnswer> {
    const given = givenOf(ask.campaigns)
    return this.inSnapshot(async (db) => {
      const documents = await versionsOf(db, ask, given)
      const offers = this.options.catalog.offersWith(documents, ask.only)
      if (offers === undefined) throw new LijianError('unavailable', 'The campaigns are not read yet')
      const merchant = this.options.catalog.merchant(ask.request.merchant)
      const facts = factsOf(ask, merchant)
      const evaluation = new WatchedEvaluation({
        facts,
        screening: screenAll(offers, facts),
        fees: merchant?.fees,
        explain: true,
      })
      const gate = gateOf(await loadSuspended(db), new Set(documents.map(({ code }) => code)))
      return answerOf(evaluation, gate, await decide(db, evaluation, gate))
    })
  }

  /** All reads see one instant, and the server itself refuses to write. */
  private async inSnapshot<T>(read: (db: ClientBase) => Promise<T>): Promise<T> {
    const db = await this.pool.connect()
    try {
      await db.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
      return await read(db)
    } finally {
      const isWhole = await db.query('ROLLBACK').then(
        () => true,
        () => false,
      )
      db.release(!isWhole)
    }
  }

  close(): Promise<void> {
    return this.pool.end()
  }
}

interface Given {
  documents: { document: Campaign; path: string }[]
  errors: FieldError[]
}

function givenOf(campaigns: readonly ParsedCampaign[]): Given {
  const given: Given = { documents: [], errors: [] }
  campaigns.forEach((result, i) => {
    const path = `campaigns[${i}]`
    if (result.ok) given.documents.push({ document: result.campaign, path })
    else
      given.errors.push(
        ...result.errors.map((error) => ({ ...error, path: [path, error.path].filter(Boolean).join('.') })),
      )
  })
  return given
}

/** Every document with the version that it has, or would get; each campaign once. Throws with all errors at once. */
async function versionsOf(db: ClientBase, ask: EvaluationAsk, { documents, errors }: Given): Promise<NewestVersion[]> {
  const codes = [...documents.map(({ document }) => document.code), ...ask.drafts]
  const newest = new Map((await loadNewestVersions(db, codes)).map((row) => [row.code, row]))
  const found = new Map<string, { row: NewestVersion; path: string }>()
  const add = (row: NewestVersion, path: string): void => {
    const earlier = found.get(row.code)
    if (earlier === undefined) found.set(row.code, { row, path })
    else errors.push({ path, message: `expected it once, found "${row.code}" already at ${earlier.path}` })
  }
  for (const { document, path } of documents) add(versionOf(document, newest.get(document.code)), `${path}.code`)
  ask.drafts.forEach((code, i) => {
    const row = newest.get(code)
    if (row === undefined) errors.push({ path: `drafts[${i}]`, message: 'expected a stored campaign' })
    else add(row, `drafts[${i}]`)
  })
  if (ask.only && ask.campaigns.length + ask.drafts.length === 0)
    errors.push({ path: 'only', message: 'expected campaigns or drafts beside it, found none' })
  if (errors.length > 0) throw new LijianError('invalid_document', undefined, { errors })
  return [...found.values()].map(({ row }) => row)
}

/** A document like the newest stored one is that version, as it would be when it is stored. */
function versionOf(document: Campaign, newest: NewestVersion | undefined): NewestVersion {
  const { code } = document
  if (newest === undefined) return { code, version: 1, document }
  return isDeepStrictEqual(newest.document, document) ? newest : { code, version: newest.version + 1, document }
}

/** What is given counts as not suspended. */
function gateOf(suspended: ReadonlySet<string>, given: ReadonlySet<string>): Gate {
  return {
    isSuspended: (ref) => suspended.has(ref) && !given.has(ref.split('/')[0]!),
    mustNotBeSuspended: () => undefined,
  }
}

/** Remembers the candidates of each group as they were tried in the end. */
class WatchedEvaluation extends Evaluation {
  readonly rankings = new Map<number, Ranking>()

  override ranking(group: number, price?: PriceSoFar): Ranking {
    const ranking = super.ranking(group, price)
    this.rankings.set(group, ranking)
    return ranking
  }
}

interface Decided {
  granting: Granting
  /** Null: there is no such counter. */
  counters: ReadonlyMap<string, CounterRow | null>
}

/**
 * Which counters are asked depends on what the ones before have answered: decided again until every one that was asked had been read. Each
 * round reads one more at least, and a payment has only so many.
 */
async function decide(db: ClientBase, evaluation: WatchedEvaluation, gate: Gate): Promise<Decided> {
  const counters = new Map<string, CounterRow | null>()
  for (;;) {
    const unread = new Set<string>()
    const view = new CounterView((key) => {
      const known = counters.get(key)
      if (known === undefined) unread.add(key)
      return known
    })
    const granting = grantOffers(view, evaluation, 'held', gate)
    for (const { charges, blocks } of tried(evaluation, gate, granting))
      for (const { key } of [...charges, ...blocks]) if (!counters.has(key)) unread.add(key)
    if (unread.size === 0) return { granting, counters }
    for (const key of unread) counters.set(key, null)
    for (const row of await loadCounters(db, [...unread])) counters.set(row.key, row)
  }
}

/** The candidates whose counters were asked: of each group down to the one that was granted, but for what is suspended. */
function tried({ rankings }: WatchedEvaluation, gate: Gate, { granted }: Granting) {
  const offers = new Set(granted.map(({ offer }) => offer))
  return [...rankings.values()].flatMap(({ candidates }) => {
    const place = candidates.findIndex(({ offer }) => offers.has(offer))
    return candidates
      .slice(0, place < 0 ? candidates.length : place + 1)
      .filter(
        ({ offer: { campaign, code } }) =>
          !gate.isSuspended(campaign.code) && !gate.isSuspended(`${campaign.code}/${code}`),
      )
  })
}

function answerOf(evaluation: WatchedEvaluation, gate: Gate, { granting, counters }: Decided): EvaluationAnswer {
  const { facts, fees } = evaluation
  const { granted, discountFen, rebateFen, feeSavedFen, refusals } = granting
  const payable = facts.amountFen - discountFen
  const fee = (amountFen: number) => feeFen(fees, facts.paymentMethod, facts.cardType, amountFen)
  return {
    serial: facts.serial,
    state: granted.length > 0 ? 'held' : 'no_offer',
    amount: facts.amountFen,
    discount: discountFen,
    payable,
    ...(rebateFen === 0 ? {} : { rebate: rebateFen }),
    offers: granted.map(({ grant }) => grant),
    fee: { original: fee(facts.amountFen), final: fee(payable) - feeSavedFen, saved: feeSavedFen },
    reasons: refusals,
    considered: tried(evaluation, gate, granting).map(({ offer, charges, blocks }) => ({
      campaign: offer.campaign.code,
      version: offer.version,
      offer: offer.code,
      counters: [...blocks, ...charges].map((charge) => seen(charge, counters)),
    })),
  }
}

/** A counter as it stands before this payment, with the limit that rules it now. */
function seen(charge: Charge, counters: Decided['counters']): ConsideredOffer['counters'][number] {
  const state = new CounterView((key) => counters.get(key) ?? null).state(charge)
  return {
    limit: charge.limitId,
    ...(state.limitFen === null ? {} : { limitAmount: state.limitFen }),
    usedAmount: state.usedFen,
    heldAmount: state.heldFen,
    ...(state.limitCount === null ? {} : { limitCount: state.limitCount }),
    usedCount: state.usedCount,
    heldCount: state.heldCount,
    ...(charge.until === undefined ? {} : { until: charge.until }),
  }
}
