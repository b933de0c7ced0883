import type { FeeSchedule, Merchant } from '@lijian/contracts/marketing'
import { readable } from '@lijian/contracts/text'
import type { DataSource } from 'typeorm'

/** What payments ask of a merchant. */
export type LiveMerchant = Pick<
  Merchant,
  'mcc' | 'region' | 'country' | 'parent' | 'clearingSystem' | 'feeOnRefund' | 'status'
> & { fees?: FeeSchedule }

interface Row {
  id: string
  live: string
}

/** So many are read at once: a few milliseconds of this process's time. */
const PAGE = 4000
const DOCUMENT = readable('document')
const KEYS = ['mcc', 'region', 'country', 'parent', 'clearingSystem', 'feeOnRefund', 'status', 'fees'] as const
const LIVE = `json_strip_nulls(json_build_object(${KEYS.map((key) => `'${key}', ${DOCUMENT} -> '${key}'`).join(', ')}))::text`

/**
 * Merchants in memory. Those that say the same share one object, because a million merchants have a few thousand fee schedules, regions and MCCs
 * between them: a million take about 100 MB.
 */
export class LiveMerchants {
  private readonly byId = new Map<string, LiveMerchant>()
  private readonly shared = new Map<string, LiveMerchant>()

  get(id: string): LiveMerchant | undefined {
    return this.byId.get(id)
  }

  /** `changes` undefined: all of them. */
  async read(source: DataSource, changes: readonly { kind: string; code: string }[] | undefined): Promise<void> {
    if (changes === undefined) return this.readPages(source, 'true', [])
    const ids = changes.filter(({ kind }) => kind === 'merchant').map(({ code }) => code)
    if (ids.length > 0) this.keep(await source.query<Row[]>(`SELECT id, ${LIVE} AS live FROM merchant WHERE id = ANY ($1)`, [ids])) // prettier-ignore
    for (const { kind, code } of changes)
      if (kind === 'merchants') await this.readPages(source, 'import_id = $2', [Number(code)])
  }

  private async readPages(source: DataSource, where: string, values: unknown[]): Promise<void> {
    for (let after = ''; ;) {
      const page = await source.query<Row[]>(
        `SELECT id, ${LIVE} AS live FROM merchant WHERE id COLLATE "C" > $1 AND ${where} ORDER BY id COLLATE "C" LIMIT ${PAGE}`,
        [after, ...values],
      )
      this.keep(page)
      if (page.length < PAGE) return
      after = page.at(-1)!.id
    }
  }

  private keep(rows: readonly Row[]): void {
    for (const { id, live } of rows) {
      let merchant = this.shared.get(live)
      if (merchant === undefined) this.shared.set(live, (merchant = JSON.parse(live) as LiveMerchant))
      this.byId.set(id, merchant)
    }
  }
}
