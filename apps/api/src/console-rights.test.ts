import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ACTIONS, OPERATIONS, standingOf, type ActionDefinition } from '@lijian/console/actions'
import { Pool } from 'pg'
import type { Endpoint } from './endpoint'
import { TABLE } from './http/table'
import { Page } from './testing/page'
import { testApi, type TestApi } from './testing/test-api'

const ROLES = ['operator', 'reviewer', 'finance-maker', 'finance-checker', 'risk', 'auditor', 'administrator'] as const
/** Somebody of a branch who has every right of the roles that go together. */
const OF_BRANCH = 'branch'
const PERSONS = [...ROLES, OF_BRANCH] as const
type Who = (typeof PERSONS)[number]

let api: TestApi
const pages = {} as Record<Who, Page>
const me = {} as Record<Who, Parameters<typeof standingOf>[1]>
beforeAll(async () => {
  api = await testApi()
  for (const role of ROLES) pages[role] = await Page.of(api, role, [role])
  pages[OF_BRANCH] = await Page.of(api, OF_BRANCH, ['operator', 'finance-maker', 'risk'])
  const pool = new Pool({ connectionString: api.url, max: 1 })
  await pool.query(`INSERT INTO branch VALUES ('south', 'South', 'head-office')`)
  await pool.query(`UPDATE person SET branch = 'south' WHERE login = $1`, [OF_BRANCH])
  await pool.end()
  for (const who of PERSONS) me[who] = (await pages[who].ask('GET', '/v1/me')).body as never
})
afterAll(() => api.stop())

const byId = new Map((Object.values(TABLE).flat() as Endpoint<never>[]).map((one) => [one.operationId, one]))
const actions = [...new Map(ACTIONS.map((one) => [one.operation, one])).values()]
/** The same button on two lists is one line. */
const shown = [...new Map(ACTIONS.map((one) => [`${one.operation} ${one.title.en}`, one])).values()]
/** What its scopes say; states of records are tried in the browser. */
const standing = (action: ActionDefinition, who: Who) => standingOf({ ...action, shows: undefined, not: undefined }, me[who], {}).is // prettier-ignore

const addressOf = (path: string) =>
  path.replaceAll(/\{([A-Za-z]+)\}/g, (_all, name: string) =>
    name === 'part' ? 'channels' : name === 'id' ? '999999' : 'X1',
  )
const exampleOf = ({ body }: Endpoint<never>) =>
  (body?.meta() as { examples?: unknown[] } | undefined)?.examples?.[0] ?? (body === undefined ? undefined : {})

test('the console has what the API has: whoever sees a button is let in, whoever is let in sees it', async () => {
  expect(me[OF_BRANCH]).toMatchObject({ branch: 'south' })
  const wrong: unknown[] = []
  for (const action of actions) {
    const { method, path } = OPERATIONS[action.operation]
    const entry = byId.get(action.operation)!
    for (const who of PERSONS) {
      const asked = standing(action, who)
      const type = typeof entry.reads === 'object' ? { 'content-type': entry.reads.shows.at(-1)! } : undefined
      const headers: Record<string, string> = { 'sec-fetch-site': 'same-origin', ...type }
      const body = typeof entry.reads === 'object' ? '' : exampleOf(entry)
      const query = action.operation === 'importBill' ? '?layout=bank-statement&date=2026-10-01' : ''
      const { status, body: answer } = await pages[who].ask(
        method.toUpperCase(),
        addressOf(path) + query,
        body,
        headers,
      )
      // Which report a person may have depends on its kind: the form offers those that GET /v1/reports answers.
      const isOfReport = String(answer['detail']).startsWith('This report needs')
      const isRefused = status === 403 && answer['code'] === 'forbidden' && !isOfReport
      if (status === 401 || isRefused !== (asked !== 'allowed')) wrong.push({ operation: action.operation, who, asked, status, answer }) // prettier-ignore
    }
  }
  expect(wrong).toEqual([])
})

const SIGNS = { allowed: '✓', disabled: '–', hidden: '' } as const
const HEAD = `# Who does what in the console
<!-- zh: 控制台里每项操作，每个演示人员能否办理 -->

✓: the button works. –: it stands there, disabled, with the reason. Empty: it is hidden, because no role of the person gives the right.
What the state of a record or the person's own proposal forbids is disabled beside this, with its reason.
\`branch\` is a person of a branch who is operator, finance-maker and risk. \`apps/api/src/console-rights.test.ts\` makes this page and asks the API for each field.
`

test('the table of persons and operations is the one in the documentation', () => {
  const rows = shown.map((action) => {
    const cells = PERSONS.map((who) => SIGNS[standing(action, who)])
    return `| ${action.title.en} | ${action.title.zh} | \`${action.operation}\` | ${cells.join(' | ')} |`
  })
  const columns = ['action', '操作', 'operation', ...PERSONS]
  const text = `${HEAD}\n| ${columns.join(' | ')} |\n|${columns.map(() => '---').join('|')}|\n${rows.join('\n')}\n`
  const file = join(__dirname, '../../../docs/reference/console-actions.md')
  // LIJIAN_WRITE_TABLES=1 writes it anew.
  if (process.env['LIJIAN_WRITE_TABLES'] === '1') writeFileSync(file, text)
  expect(readFileSync(file, 'utf8')).toBe(text)
})
