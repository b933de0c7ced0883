import { lockSubject, mustBeTwoPeople, whoIs, type ProposalKind } from '@lijian/approvals'
import type { RuleTemplate } from '@lijian/contracts/marketing'
import type { PoolClient } from 'pg'
import { lockTemplate, putTemplateInForce } from './store'

export const TEMPLATE_KIND = 'rule_template'

/** A version as its approver is shown it, and the one that it follows. */
export interface ProposedTemplate {
  version: number
  document: RuleTemplate
}

/** A version of a template that waits for another person. */
export const templateKinds = {
  [TEMPLATE_KIND]: {
    replaces: true,
    before: inForce,
    async apply(db, { subject, body }, checker) {
      const maker = await makerOf(db, subject, body.version)
      // Somebody else may have sent the version once more: who has written it does not approve it either.
      mustBeTwoPeople((await whoIs(db, maker)).person, (await whoIs(db, checker)).person)
      await putTemplateInForce(db, subject, body.version, checker)
    },
  } satisfies ProposalKind<ProposedTemplate>,
}

/** Held until the end of the database transaction. The turn comes first, as in an approval. */
export async function lockWaiting(db: PoolClient, code: string): Promise<void> {
  await lockSubject(db, TEMPLATE_KIND, code)
  await db.query(
    `SELECT FROM proposal WHERE kind = '${TEMPLATE_KIND}' AND subject = $1 AND state = 'proposed' ORDER BY id FOR UPDATE`,
    [code],
  )
}

async function makerOf(db: PoolClient, code: string, version: number): Promise<string> {
  const { rows } = await db.query<{ maker: string }>(
    'SELECT maker FROM rule_template_version WHERE code = $1 AND version = $2',
    [code, version],
  )
  return rows[0]!.maker
}

async function inForce(db: PoolClient, code: string): Promise<ProposedTemplate | null> {
  const { approved_version: version } = await lockTemplate(db, code)
  if (version === null) return null
  const { rows } = await db.query<{ document: RuleTemplate }>(
    'SELECT document FROM rule_template_version WHERE code = $1 AND version = $2',
    [code, version],
  )
  return { version, document: rows[0]!.document }
}
