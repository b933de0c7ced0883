import { proposeDocument, type Proposal, type ProposalKind, type Proposals } from '@lijian/approvals'
import { LAYOUTS } from '@lijian/clearing-files'
import type { ClearingSystemRequest } from '@lijian/contracts/finance'
import { LijianError, type FieldError } from '@lijian/contracts/system'
import type { Pool, PoolClient } from 'pg'

const KIND = 'clearing_system'

/** How files for a clearing system look, from the next file on: a wrong layout pays the wrong amounts, so two people decide. */
export const clearingSystemKinds = {
  [KIND]: {
    replaces: true,
    before: (db, code) => standing(db, code, 'FOR UPDATE'),
    async apply(db, { subject, body: { name, layouts }, maker }) {
      await db.query(
        `INSERT INTO clearing_system (code, name, layouts, updated_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (code) DO UPDATE SET name = $2, layouts = $3, updated_by = $4, updated_at = now()`,
        [subject, name, JSON.stringify(layouts), maker],
      )
    },
  } satisfies ProposalKind<ClearingSystemRequest>,
}

/** Proposes it; undefined: it stands so already. Files that were planned before keep their layout. Throws LijianError invalid_document. */
export async function proposeSystem(
  pool: Pool,
  proposals: Proposals,
  { code, request, actor }: { code: string; request: ClearingSystemRequest; actor: string },
): Promise<Proposal | undefined> {
  const errors = Object.entries(request.layouts).flatMap(([kind, layout]) => layoutErrors(kind, layout))
  if (errors.length > 0) throw new LijianError('invalid_document', undefined, { errors })
  return proposeDocument(pool, proposals, {
    ...{ kind: KIND, subject: code, body: request, actor },
    standing: (db) => standing(db, code),
  })
}

type Layout = NonNullable<ClearingSystemRequest['layouts'][keyof ClearingSystemRequest['layouts']]>

function layoutErrors(kind: string, layout: Layout): FieldError[] {
  const known = typeof layout === 'string' ? (Object.hasOwn(LAYOUTS, layout) ? LAYOUTS[layout] : undefined) : layout
  const path = `layouts.${kind}`
  if (known === undefined) {
    const names = Object.keys(LAYOUTS).map((one) => `"${one}"`)
    return [{ path, message: `expected one of ${names.join(', ')} or a whole layout` }]
  }
  const rows = kind === 'settlement' ? 'settlement' : 'offers'
  return known.rows === rows ? [] : [{ path, message: `expected a layout with rows "${rows}"` }]
}

async function standing(db: PoolClient, code: string, lock = ''): Promise<ClearingSystemRequest | null> {
  const { rows } = await db.query<ClearingSystemRequest>(
    `SELECT name, layouts FROM clearing_system WHERE code = $1 ${lock}`,
    [code],
  )
  return rows[0] ?? null
}
