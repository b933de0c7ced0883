import { Client } from 'pg'
import { code, page, table } from '../markdown'

const TABLES = `
  SELECT c.relname AS name, coalesce(obj_description(c.oid, 'pg_class'), '') AS about,
         CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  ORDER BY c.relname COLLATE "C"`

const COLUMNS = `
  SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "isNeeded",
         coalesce(pg_get_expr(d.adbin, d.adrelid), '') AS value, a.attgenerated <> '' AS "isGenerated",
         a.attidentity <> '' AS "isIdentity"
  FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`

/** NOT NULL is told with its column; PostgreSQL 18 alone lists it here too. */
const CONSTRAINTS = `
  SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
  WHERE conrelid = $1::regclass AND contype IN ('p', 'u', 'c', 'f', 'x') ORDER BY contype, conname COLLATE "C"`

const INDEXES = `
  SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
  WHERE i.indrelid = $1::regclass AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
  ORDER BY i.indexrelid::regclass::text COLLATE "C"`

const TRIGGERS = `
  SELECT tgname AS name, pg_get_triggerdef(oid) AS definition FROM pg_trigger
  WHERE tgrelid = $1::regclass AND NOT tgisinternal ORDER BY tgname COLLATE "C"`

const FUNCTIONS = `
  SELECT p.proname AS name, pg_get_function_identity_arguments(p.oid) AS arguments,
         coalesce(pg_get_function_result(p.oid), '') AS result, p.prosecdef AS "isDefiner"
  FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  ORDER BY p.proname COLLATE "C", 2`

interface Column {
  name: string
  type: string
  isNeeded: boolean
  value: string
  isGenerated: boolean
  isIdentity: boolean
}
interface Named {
  name: string
  definition: string
}

const valueOf = ({ value, isGenerated, isIdentity }: Column): string => {
  if (isIdentity) return 'identity'
  if (value === '') return ''
  return isGenerated ? `generated: ${code(value)}` : code(value)
}

async function tableBlocks(client: Client, name: string, about: string, partition: string | null): Promise<string[]> {
  const ask = async <Row>(sql: string) => (await client.query(sql, [`"${name}"`])).rows as Row[]
  const columns = await ask<Column>(COLUMNS)
  const rules = [
    ...(await ask<Named>(CONSTRAINTS)),
    ...(await ask<Named>(INDEXES)),
    ...(await ask<Named>(TRIGGERS)),
  ].map(({ name: rule, definition }) => `- ${code(rule)}: ${code(definition.replaceAll('public.', ''))}`)
  const rows = columns.map((one) => [code(one.name), one.type, one.isNeeded ? '' : 'yes', valueOf(one)])
  return [
    `### ${name}`,
    ...(about === '' ? [] : [about]),
    ...(partition === null ? [] : [`Partitioned by ${partition}.`]),
    table(['Column', 'Type', 'Null', 'Default'], rows),
    ...(rules.length === 0 ? [] : [rules.join('\n')]),
  ]
}

async function functionRows(client: Client): Promise<string[][]> {
  const { rows } = await client.query<{ name: string; arguments: string; result: string; isDefiner: boolean }>(
    FUNCTIONS,
  )
  return rows.map(({ name, arguments: takes, result, isDefiner }) => [
    code(name),
    takes === '' ? '' : code(takes),
    code(result),
    isDefiner ? 'its owner' : 'the caller',
  ])
}

/** Tables, columns, constraints, indexes, triggers and functions of a migrated database. */
export async function schemaPage(databaseUrl: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string; about: string; partition: string | null }>(TABLES)
    const tables: string[] = []
    for (const { name, about, partition } of rows) tables.push(...(await tableBlocks(client, name, about, partition)))
    return page({
      title: 'Schema',
      about: 'Every table, column, constraint, index, trigger and function of the database.',
      source: 'a database that [the migrations](../../libs/platform/database/README.md) have made',
      blocks: [
        '## Tables',
        ...tables,
        '## Functions',
        'Their texts stand in `libs/platform/database/sql` and in the migrations.',
        table(['Function', 'Takes', 'Returns', 'Runs with the rights of'], await functionRows(client)),
      ],
    })
  } finally {
    await client.end()
  }
}
