import { Proposals } from '@lijian/approvals'
import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { caseKinds } from '../case-kinds'
import { Cases } from '../cases'
import { caseKind, type Resolution, type Resolutions } from '../resolution'

/** Kinds that nobody but a test knows. */
export const kinds = caseKinds('odd', 'late')

export const NOW_MS = Date.parse('2026-11-02T04:00:00Z')

/** Cases with resolutions that do nothing, but for those that a test gives. */
export class Stage {
  private constructor(
    readonly pool: Pool,
    private readonly drop: () => Promise<void>,
  ) {
    // The database is dropped while its last connections still say goodbye.
    pool.on('error', () => undefined)
  }

  static async open(): Promise<Stage> {
    const { url, drop } = await testDatabase()
    return new Stage(new Pool({ connectionString: url, max: 10 }), drop)
  }

  cases(own: Partial<Resolutions> = {}): Cases {
    const nothing: Resolution<never> = {}
    const kind = caseKind({ accept: nothing, grant: nothing, adjust: nothing, write_off: nothing, ...own })
    return new Cases(this.pool, new Proposals(this.pool, kind), () => NOW_MS)
  }

  async rows(): Promise<Record<string, unknown>[]> {
    const { rows } = await this.pool.query<Record<string, unknown>>(
      'SELECT kind, client, serial, amount_fen::int AS fen FROM reconciliation_case ORDER BY id',
    )
    return rows
  }

  async clear(): Promise<void> {
    // What was decided stays for everybody: only a superuser's test forgets it.
    await this.pool.query(
      `BEGIN; SET LOCAL session_replication_role = replica; DELETE FROM reconciliation_case; DELETE FROM proposal_decision;
       DELETE FROM proposal; COMMIT`,
    )
  }

  async close(): Promise<void> {
    await this.pool.end()
    await this.drop()
  }
}
