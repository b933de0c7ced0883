import { ruleTemplate, type RuleTemplate } from '@lijian/contracts/marketing'
import { canonicalJson } from '@lijian/contracts/system'
import { inTransaction } from '@lijian/database'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { putTemplateInForce, RELEASE, storeTemplate } from './store'

/** Package root from src or dist alike. */
const folder = join(__dirname, '..', 'data')

/** The templates that a release brings, by code. */
export const shippedTemplates = (): RuleTemplate[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ruleTemplate.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))

interface Stored {
  code: string
  maker: string
  document: RuleTemplate
}

/**
 * Brings the stored templates up to the release, at the start of a process. A template that people have changed since stays as they have it.
 * Two processes that start at once wait for each other at the template's row, and the second finds nothing to do.
 */
export async function bringTemplates(
  pool: Pool,
  templates: readonly RuleTemplate[] = shippedTemplates(),
): Promise<void> {
  const { rows } = await pool.query<Stored>(
    `SELECT v.code, v.maker, v.document FROM rule_template t
     JOIN rule_template_version v ON v.code = t.code AND v.version = t.latest_version WHERE t.code = ANY ($1)`,
    [templates.map(({ code }) => code)],
  )
  const stored = new Map(rows.map((row) => [row.code, row]))
  for (const template of templates) {
    const there = stored.get(template.code)
    if (there !== undefined && (there.maker !== RELEASE || canonicalJson(there.document) === canonicalJson(template)))
      continue
    await inTransaction(pool, async (db) => {
      const version = await storeTemplate(db, template, RELEASE)
      const { rows: mine } = await db.query<{ maker: string; state: string }>(
        'SELECT maker, state FROM rule_template_version WHERE code = $1 AND version = $2',
        [template.code, version],
      )
      if (mine[0]?.maker === RELEASE && mine[0].state === 'not_approved')
        await putTemplateInForce(db, template.code, version, RELEASE)
    })
  }
}
