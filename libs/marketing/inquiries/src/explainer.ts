import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import { LijianError } from '@lijian/contracts/system'
import { readable } from '@lijian/contracts/text'
import {
  LEARNT_FACTS,
  type Campaign,
  type Explanation,
  type StoredFacts,
  type TransactionAnswer,
} from '@lijian/contracts/marketing'
import {
  explain,
  timelineOf,
  unexplained,
  type CatalogThen,
  type EarlierAnswer,
  type PastDecision,
  type Story,
  type Undoing,
} from '@lijian/explain'
import {
  isDatabaseAway,
  loadDecisions,
  loadTransactions,
  type DecisionBasis,
  type DecisionRow,
  type SnapshotCampaign,
  type TransactionRow,
} from '@lijian/database'
import { drawKeyId } from '@lijian/rules'
import type { Pool } from 'pg'
import { answerOf, pastFacts, firstOf } from '@lijian/transactions'

export interface ExplainerOptions {
  pool: Pick<Pool, 'query'>
  /** The draw key of today and older ones. */
  drawKeys: readonly Buffer[]
}

/** How a transaction stands, if something is stored for it, and why it was decided so. */
export type ExplainedTransaction = TransactionAnswer & { explanation: Explanation }

/** Older answers without an offer that are listed. */
const EARLIER = 20

/** Explains decisions from what was stored with them: rows, the decision log, catalog snapshots and document versions. */
export class Explainer {
  private readonly drawKeys: ReadonlyMap<string, Buffer>

  constructor(private readonly options: ExplainerOptions) {
    this.drawKeys = new Map(options.drawKeys.map((key) => [drawKeyId(key), key]))
  }

  /** Throws LijianError not_found when neither a transaction nor a logged answer has that serial; unavailable. */
  async explain(client: string, serial: string): Promise<ExplainedTransaction> {
    try {
      return await this.find(client, serial)
    } catch (error) {
      if (isDatabaseAway(error)) throw new LijianError('unavailable', 'PostgreSQL is away')
      throw error
    }
  }

  private async find(client: string, serial: string): Promise<ExplainedTransaction> {
    const { pool } = this.options
    const [[row], logged] = await Promise.all([
      loadTransactions(pool as Pool, [{ client, serial }]),
      loadDecisions(pool, client, serial, EARLIER + 1),
    ])
    const story = row && (await this.storyOf(row))
    if (row?.record.facts && row.record.emptyBecause !== 'unknown_original')
      return { ...answerOf(row), explanation: await this.ofRow(row, story!, logged) }
    const [newest, ...older] = logged
    if (newest !== undefined) return this.ofLog(client, serial, newest, older, story)
    if (story !== undefined) return { ...NOTHING, serial, explanation: ofNothing(row!, story) }
    throw new LijianError(
      'not_found',
      `Nothing is stored under ${serial}: answers without an offer are kept only where an offer came into question (LIJIAN_DECISION_LOG), and for a time`,
    )
  }

  private async ofRow(row: TransactionRow, story: Story, logged: readonly DecisionRow[]): Promise<Explanation> {
    const { record } = row
    const facts = pastFacts(row, record.askedFacts ?? record.facts!, record.basis)
    const undone = record.emptyBecause === 'deadline'
    const first = record.first ?? firstOf(row)
    const { basis } = record
    const past: PastDecision = {
      source: 'transaction',
      facts,
      fees: record.fees ?? undefined,
      counters: basis?.counters,
      suspended: basis?.suspended ?? [],
      others: basis?.others ?? [],
      answered: undone
        ? { offers: record.released }
        : {
            offers: first.offers,
            price: { discountFen: first.discountFen, payableFen: first.payableFen, fee: first.fee },
            ...(record.reasons === null ? {} : { reasons: record.reasons }),
          },
    }
    return explain(past, basis && (await this.catalogThen(basis, past)), story, logged.map(earlierOf))
  }

  private async ofLog(
    client: string,
    serial: string,
    { merchant, decision, answeredAt }: DecisionRow,
    older: readonly DecisionRow[],
    story: Story | undefined,
  ): Promise<ExplainedTransaction> {
    const { amountFen, feeFen, basis, because } = decision
    const fee = { original: feeFen, final: feeFen, saved: 0 }
    const past: PastDecision = {
      source: 'decision_log',
      facts: pastFacts({ client, serial, merchant, amountFen }, decision.facts, basis),
      fees: decision.fees ?? undefined,
      counters: basis.counters,
      suspended: basis.suspended ?? [],
      others: basis.others ?? [],
      answered: { offers: [], price: { discountFen: 0, payableFen: amountFen, fee } },
      answeredAt,
      ...(because === undefined ? {} : { because }),
    }
    const explanation = explain(past, await this.catalogThen(basis, past), story, older.map(earlierOf))
    return {
      serial,
      state: 'no_offer',
      amount: amountFen,
      discount: 0,
      payable: amountFen,
      offers: [],
      fee,
      explanation,
    }
  }

  /** Of the snapshot's campaigns, those that name the merchant or had a part in the decision. */
  private async catalogThen(
    basis: DecisionBasis,
    { facts, others, answered }: PastDecision,
  ): Promise<CatalogThen | undefined> {
    const { rows: snapshots } = await this.options.pool.query<{ draw_key: string; groups: string[] }>(
      'SELECT draw_key, groups FROM catalog_snapshot WHERE id = $1',
      [basis.snapshot],
    )
    const [snapshot] = snapshots
    if (snapshot === undefined) return undefined
    const concerned = [...others.map((ref) => ref.split('/')[0]!), ...answered.offers.map(({ campaign }) => campaign)]
    const { rows } = await this.options.pool.query<{ document: Campaign } & SnapshotCampaign>(
      `SELECT v.document, v.version, c.approved, c.suspended, c."suspendedOffers"
       FROM catalog_snapshot s,
         jsonb_to_recordset(s.campaigns) AS c (code text, version integer, approved boolean, suspended boolean, "suspendedOffers" text[])
       JOIN campaign_version v ON v.code = c.code AND v.version = c.version
       WHERE s.id = $1 AND (c.code = ANY ($2) OR jsonb_path_exists(${readable('v.document')}::jsonb,
           '$.offers[*] ? (exists (@.merchants[*] ? (@ == $merchant)) || exists (@.subMerchants[*] ? (@ == $shop)) || exists (@.merchantGroups[*] ? (@ == $groups[*])))', $3))
       ORDER BY c.code`,
      [
        ...[basis.snapshot, concerned],
        { merchant: facts.merchant, shop: facts.subMerchant ?? null, groups: merchantGroupsOf(facts) },
      ],
    )
    return {
      snapshot: basis.snapshot,
      campaigns: rows
        .filter(({ document }) => concerned.includes(document.code) || namesPlace(document, facts))
        .map(({ document, version, approved, suspended, suspendedOffers }) => ({
          document,
          version,
          approved: approved ?? true,
          suspended: suspended ?? false,
          suspendedOffers: suspendedOffers ?? [],
        })),
      groupOrder: snapshot.groups,
      drawKeyId: snapshot.draw_key,
      drawKey: this.drawKeys.get(snapshot.draw_key),
    }
  }

  private async storyOf(row: TransactionRow): Promise<Story> {
    const { client, serial, record } = row
    const { pool } = this.options
    const [{ rows: times }, { rows: reverses }, { rows: cases }] = await Promise.all([
      pool.query<{ updated_at: Date }>(
        'SELECT updated_at FROM marketing_transaction WHERE client = $1 AND serial = $2',
        [client, serial],
      ),
      pool.query<{ kind: Undoing['kind']; serial: string; state: string; amount: number | null; created_at: Date }>(
        `SELECT kind, serial, state, (answer->>'amount')::float8 AS amount, created_at FROM reverse_transaction
         WHERE client = $1 AND original_serial = $2 ORDER BY created_at, serial COLLATE "C"`,
        [client, serial],
      ),
      pool.query<{ kind: string; opened_at: Date }>(
        'SELECT kind, opened_at FROM reconciliation_case WHERE client = $1 AND serial = $2 ORDER BY id',
        [client, serial],
      ),
    ])
    return {
      state: row.state,
      createdAt: row.createdAt,
      updatedAt: times[0]?.updated_at.toISOString() ?? row.createdAt,
      holdExpiresAt: row.holdExpiresAt,
      businessDate: row.businessDate,
      payableFen: row.payableFen,
      amountFen: row.amountFen,
      currency: record.facts?.currency ?? DEFAULT_CURRENCY,
      fee: record.fee,
      offers: record.offers,
      released: record.released,
      emptyBecause: record.emptyBecause,
      result: record.result,
      learnt: record.askedFacts && record.facts ? learnt(record.askedFacts, record.facts) : [],
      undone: reverses.map(({ kind, state, amount, created_at, ...reverse }) => ({
        ...{ kind, serial: reverse.serial, isDone: state === 'done', amountFen: amount },
        at: created_at.toISOString(),
      })),
      cases: cases.map(({ kind, opened_at }) => ({ kind, at: opened_at.toISOString() })),
    }
  }
}

const NOTHING = { state: 'no_offer' as const, discount: 0, offers: [] }

const earlierOf = ({ answeredAt, decision: { because } }: DecisionRow): EarlierAnswer =>
  because === undefined ? { at: answeredAt } : { at: answeredAt, because }

/** A reverse transaction came for a serial that was never asked about. */
function ofNothing(row: TransactionRow, story: Story): Explanation {
  const facts = pastFacts(row, { at: row.createdAt, paymentMethod: '', currency: '' })
  const because = row.record.emptyBecause === 'deadline' ? 'unavailable' : 'unknown_original'
  return unexplained({ source: 'transaction', facts }, because, timelineOf(story), [])
}

/** What the result has told; a card itself is only said to be known. */
function learnt(before: StoredFacts, after: StoredFacts): string[] {
  const told: string[] = []
  for (const key of LEARNT_FACTS) if (before[key] !== after[key]) told.push(`${key}: ${after[key]}`)
  if (before.cardToken !== after.cardToken) told.push(`card: …${after.last4 ?? ''}`)
  return told
}

function namesPlace({ offers }: Campaign, facts: PastDecision['facts']): boolean {
  const { merchant, subMerchant } = facts
  const groups = merchantGroupsOf(facts)
  return offers.some(
    ({ merchants = [], subMerchants = [], merchantGroups = [] }) =>
      merchants.includes(merchant) ||
      (subMerchant !== undefined && subMerchants.includes(subMerchant)) ||
      merchantGroups.some((group) => groups.includes(group)),
  )
}

const OF_MERCHANT = 'merchant/'
/** Codes of the groups that the merchant was in then. */
const merchantGroupsOf = ({ memberOf }: PastDecision['facts']): string[] =>
  [...(memberOf ?? [])].flatMap((key) => (key.startsWith(OF_MERCHANT) ? [key.slice(OF_MERCHANT.length)] : []))
