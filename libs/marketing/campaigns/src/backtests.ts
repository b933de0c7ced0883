import { createHash } from 'node:crypto'
import { documentHash } from '@lijian/backtest'
import { canonicalJson, LijianError } from '@lijian/contracts/system'
import type { BacktestSummary, StoredBacktest } from '@lijian/contracts/marketing'
import { CampaignEntity, CampaignVersionEntity, clientOf } from '@lijian/database'
import type { DataSource, EntityManager } from 'typeorm'
import { lockCampaign, noCampaign } from './campaign-rows'

/** Newest versions whose documents are looked through. */
const VERSIONS_MAX = 20
/** Of one version; the oldest of them may be what was promised, so none is removed. */
const BACKTESTS_MAX = 100
const SHOWN_MAX = 20

interface Row {
  version: number
  summary: BacktestSummary
  ran_by: string
  ran_at: Date
  is_promise: boolean
}

/** What counts as promised is the newest that stood there when the version was approved; what came later was nobody's ground to approve it. */
const STORED = `
  SELECT b.id, b.version, b.summary, b.ran_by, b.ran_at,
    b.id IS NOT DISTINCT FROM max(b.id) FILTER (WHERE v.approved_at IS NULL OR b.ran_at <= v.approved_at) OVER (PARTITION BY b.version) AS is_promise
  FROM campaign_backtest b JOIN campaign_version v USING (code, version) WHERE b.code = $1`

/** What back-tests have said of versions of campaigns. */
export class Backtests {
  constructor(private readonly source: DataSource) {}

  /** Keeps a summary with the newest version that has its document; the same again is the row that is there. */
  put(code: string, summary: BacktestSummary, actor: string): Promise<StoredBacktest> {
    return this.source.transaction(async (manager) => {
      await lockCampaign(manager, code)
      const versions = await manager.find(CampaignVersionEntity, {
        where: { code },
        order: { version: 'DESC' },
        take: VERSIONS_MAX,
      })
      const found = versions.find(({ document }) => documentHash(document) === summary.documentHash)
      if (found === undefined)
        throw new LijianError(
          'state_conflict',
          `None of the newest ${VERSIONS_MAX} versions of ${code} is the document of this back-test: store it first, then keep the back-test`,
        )
      const db = await clientOf(manager)
      const hash = createHash('sha256').update(canonicalJson(summary)).digest('hex')
      const { version } = found
      const { rows: kept } = await db.query<{ count: number; known: boolean }>(
        `SELECT count(*)::int AS count, coalesce(bool_or(summary_hash = $3), false) AS known FROM campaign_backtest WHERE code = $1 AND version = $2`,
        [code, version, hash],
      )
      if (!kept[0]!.known) {
        if (kept[0]!.count >= BACKTESTS_MAX)
          throw new LijianError('state_conflict', `${BACKTESTS_MAX} back-tests of version ${version} are kept, no more`)
        // By the clock and not by the transaction: it waited for whoever approved meanwhile.
        await db.query(
          `INSERT INTO campaign_backtest (code, version, summary_hash, summary, ran_by, ran_at) VALUES ($1, $2, $3, $4, $5, clock_timestamp())`,
          [code, version, hash, JSON.stringify(summary), actor],
        )
      }
      const { rows } = await db.query<Row>(
        `SELECT * FROM (${STORED}) b WHERE b.version = $2 AND b.id = (SELECT id FROM campaign_backtest WHERE code = $1 AND version = $2 AND summary_hash = $3)`,
        [code, version, hash],
      )
      return storedOf(code, rows[0]!)
    })
  }

  /** Of one version, or of all, newest first. */
  async list(code: string, version?: number): Promise<StoredBacktest[]> {
    const rows = await this.source.query<Row[]>(
      `SELECT * FROM (${STORED}) b WHERE $2::int IS NULL OR b.version = $2 ORDER BY b.id DESC LIMIT ${SHOWN_MAX}`,
      [code, version ?? null],
    )
    if (rows.length === 0 && !(await this.source.manager.existsBy(CampaignEntity, { code }))) throw noCampaign(code)
    return rows.map((row) => storedOf(code, row))
  }
}

/** What whoever approves the version goes by. */
export async function promiseOf(
  manager: EntityManager,
  code: string,
  version: number,
): Promise<Pick<StoredBacktest, 'summary' | 'ranBy' | 'ranAt'> | undefined> {
  const [row] = await manager.query<Row[]>(`SELECT * FROM (${STORED}) b WHERE b.version = $2 AND b.is_promise`, [
    code,
    version,
  ])
  if (row === undefined) return undefined
  const { summary, ranBy, ranAt } = storedOf(code, row)
  return { summary, ranBy, ranAt }
}

const storedOf = (campaign: string, row: Row): StoredBacktest => ({
  campaign,
  version: row.version,
  summary: row.summary,
  ranBy: row.ran_by,
  ranAt: row.ran_at.toISOString(),
  isPromise: row.is_promise,
})
