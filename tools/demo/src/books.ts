import type { Campaign } from '@lijian/contracts/marketing'
import { Client as Postgres } from 'pg'
import type { Figures, PerCampaign, Played } from './types'

/** What is used and held of a budget. */
export interface Used {
  fen: number
  count: number
}

/** Looks into PostgreSQL past the API: the books are checked against what is stored, not against what was said. */
export class Books {
  private constructor(private readonly database: Postgres) {}

  static async open(databaseUrl: string): Promise<Books> {
    const database = new Postgres({ connectionString: databaseUrl })
    await database.connect()
    return new Books(database)
  }

  close(): Promise<void> {
    return this.database.end()
  }

  /** Budgets as they stand, by limit id (`CODE#budget`, `CODE/OFFER#budget`). */
  async budgets(): Promise<Map<string, Used>> {
    const { rows } = await this.database.query<{ id: string; fen: string; count: string }>(
      `SELECT split_part(key, '|', 1) AS id, held_fen + used_fen AS fen, held_count + used_count AS count
       FROM counter WHERE split_part(key, '|', 1) LIKE '%#budget'`,
    )
    return new Map(rows.map(({ id, fen, count }) => [id, { fen: Number(fen), count: Number(count) }]))
  }

  /** Holds of this run that are captured (or still open), per campaign, from the charges that the transactions carry. */
  async holds(run: string): Promise<PerCampaign> {
    const { rows } = await this.database.query<{ code: string; fen: string; uses: string }>(
      `SELECT split_part(c ->> 'key', '#', 1) AS code, sum((c ->> 'fen')::bigint) AS fen, sum((c ->> 'count')::bigint) AS uses
       FROM marketing_transaction t, jsonb_array_elements(t.charges) c
       WHERE starts_with(t.serial, $1) AND t.charges_are <> 'none'
         AND split_part(c ->> 'key', '|', 1) LIKE '%#budget' AND c ->> 'key' NOT LIKE '%/%#budget%'
       GROUP BY 1`,
      [`${run}-`],
    )
    return new Map(rows.map(({ code, fen, uses }) => [code, { fen: Number(fen), uses: Number(uses) }]))
  }

  /** Counters that differ from the sum of all holds ever made, and how many there are in all. */
  async counters(): Promise<{ count: number; wrong: string[] }> {
    const { rows } = await this.database.query<{ key: string; right: boolean }>(
      `WITH held AS (
         SELECT c ->> 'key' AS key,
           sum((c ->> 'fen')::bigint) FILTER (WHERE t.charges_are = 'held') AS held_fen,
           sum((c ->> 'count')::bigint) FILTER (WHERE t.charges_are = 'held') AS held_count,
           sum((c ->> 'fen')::bigint) FILTER (WHERE t.charges_are = 'used') AS used_fen,
           sum((c ->> 'count')::bigint) FILTER (WHERE t.charges_are = 'used') AS used_count
         FROM marketing_transaction t, jsonb_array_elements(t.charges) c WHERE t.charges_are <> 'none' GROUP BY 1)
       SELECT coalesce(k.key, h.key) AS key,
         (coalesce(k.held_fen, 0), coalesce(k.held_count, 0), coalesce(k.used_fen, 0), coalesce(k.used_count, 0))
         = (coalesce(h.held_fen, 0), coalesce(h.held_count, 0), coalesce(h.used_fen, 0), coalesce(h.used_count, 0)) AS right
       FROM counter k FULL JOIN held h ON h.key = k.key WHERE coalesce(k.key, h.key) NOT LIKE '@route/%'`,
    )
    return { count: rows.length, wrong: rows.filter(({ right }) => !right).map(({ key }) => key) }
  }

  /** Whose serials they are, and how much of this run the relay has still to hand over. */
  async client(run: string): Promise<string> {
    const { rows } = await this.database.query<{ client: string }>(
      'SELECT DISTINCT client FROM marketing_transaction WHERE starts_with(serial, $1)',
      [`${run}-`],
    )
    if (rows.length !== 1) throw new Error(`${rows.length} clients have serials of this run`)
    return rows[0]!.client
  }

  async waiting(run: string): Promise<number> {
    const { rows } = await this.database.query<{ n: string }>(
      'SELECT count(*) AS n FROM outbox WHERE starts_with(serial, $1)',
      [`${run}-`],
    )
    return Number(rows[0]!.n)
  }
}

/** What this run added to the budgets of the campaigns. */
export function addedTo(before: ReadonlyMap<string, Used>, after: ReadonlyMap<string, Used>): PerCampaign {
  const added: PerCampaign = new Map()
  for (const [id, { fen, count }] of after) {
    const was = before.get(id) ?? { fen: 0, count: 0 }
    if (!id.includes('/') && count !== was.count)
      added.set(id.slice(0, -'#budget'.length), { fen: fen - was.fen, uses: count - was.count })
  }
  return added
}

/** What the answers said: the figures of the printed table. */
export function answered(played: readonly Played[]): PerCampaign {
  const figures: PerCampaign = new Map()
  for (const { final } of played)
    if (final.state === 'confirmed' || final.state === 'held')
      for (const { campaign, discount } of final.offers) add(figures, campaign, discount)
  return figures
}

export function add(figures: PerCampaign, campaign: string, fen: number): void {
  const sum: Figures = figures.get(campaign) ?? { fen: 0, uses: 0 }
  figures.set(campaign, { fen: sum.fen + fen, uses: sum.uses + 1 })
}

export interface Line {
  campaign: Campaign
  sources: Figures[]
  agree: boolean
}

/** For every campaign what each source says, side by side. */
export function compare(campaigns: readonly Campaign[], sources: readonly PerCampaign[]): Line[] {
  return campaigns.map((campaign) => {
    const figures = sources.map((source) => source.get(campaign.code) ?? { fen: 0, uses: 0 })
    const [first] = figures
    return { campaign, sources: figures, agree: figures.every((f) => f.fen === first!.fen && f.uses === first!.uses) }
  })
}
