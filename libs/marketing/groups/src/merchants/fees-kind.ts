import { proposeDocument, type Proposal, type ProposalKind, Proposals } from '@lijian/approvals'
import type { Merchant } from '@lijian/contracts/marketing'
import { canonicalJson } from '@lijian/contracts/system'
import { recordChange } from '@lijian/live-config'
import { createHash } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'

const KIND = 'merchant_fees'

/** One merchant, or those of a file by their ids. */
type Body = Merchant | { merchants: Readonly<Record<string, Merchant>> }

const idsOf = (body: Body): string[] => ('merchants' in body ? Object.keys(body.merchants).sort() : [body.id])

/** Merchants whose fees or settlement change: what they pay and where their money goes takes two people. */
export const merchantFeesKinds = {
  [KIND]: {
    replaces: true,
    async before(db, _subject, body) {
      const stored = await standing(db, idsOf(body), 'FOR UPDATE')
      return 'merchants' in body ? { merchants: stored } : (stored[body.id] ?? null)
    },
    async apply(db, { body, maker }) {
      const documents = 'merchants' in body ? Object.values(body.merchants) : [body]
      await db.query(
        `UPDATE merchant m SET document = d.document, updated_by = $2, updated_at = now()
         FROM (SELECT j ->> 'id' AS id, j AS document FROM json_array_elements($1) j) d WHERE m.id = d.id`,
        [JSON.stringify(documents), maker],
      )
      for (const { id } of documents) await recordChange(db, 'merchant', id)
    },
  } satisfies ProposalKind<Body>,
}

/** What of a merchant decides about money. */
export const MONEY_FIELDS = ['fees', 'feeOnRefund', 'clearingSystem'] as const satisfies (keyof Merchant)[]

const moneyOf = (document: Merchant) => canonicalJson(MONEY_FIELDS.map((field) => document[field] ?? null))

/** Whether `later` waits for another person: a new merchant does not, nor does another name. */
export const movesMoney = (stored: Merchant | undefined, later: Merchant): boolean =>
  stored !== undefined && moneyOf(stored) !== moneyOf(later)

export const proposeFees = (
  pool: Pool,
  proposals: Proposals,
  document: Merchant,
  actor: string,
): Promise<Proposal | undefined> =>
  proposeDocument(pool, proposals, {
    ...{ kind: KIND, subject: document.id, body: document, actor },
    standing: async (db) => (await standing(db, [document.id]))[document.id],
  })

/** Lines of a file that change what stored merchants pay wait together, in the transaction of the import. The same lines again are what waits already. */
export class FeesOfFiles {
  private readonly proposals: Proposals

  constructor(pool: Pool) {
    this.proposals = new Proposals(pool, merchantFeesKinds)
  }

  async propose(db: PoolClient, documents: readonly Merchant[], actor: string): Promise<Proposal> {
    const merchants = Object.fromEntries(documents.map((document) => [document.id, document]))
    const digest = createHash('sha256').update(canonicalJson(merchants)).digest('hex')
    const subject = `import/${digest.slice(0, 16)}`
    const open = await this.proposals.openOf(KIND, subject, db)
    return open ?? this.proposals.proposeIn(db, { kind: KIND, subject, request: { merchants }, actor })
  }
}

async function standing(db: PoolClient, ids: readonly string[], lock = ''): Promise<Record<string, Merchant>> {
  const { rows } = await db.query<{ id: string; document: Merchant }>(
    `SELECT id, document FROM merchant WHERE id = ANY ($1) ORDER BY id ${lock}`,
    [ids],
  )
  return Object.fromEntries(rows.map(({ id, document }) => [id, document]))
}
