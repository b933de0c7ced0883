import { readFile } from 'node:fs/promises'
import { REPORT_FORMATS, type ReportKind } from '@lijian/contracts/finance'
import { ReportRuns } from '@lijian/report-runs'
import { definitionOf } from '@lijian/reports'
import { Stage } from './testing/stage'

/** Formulas and markup where people name things: a key, a campaign, a merchant, a channel, a limit. */
const [FORMULA, MARKUP] = ['=HYPERLINK("http://x","y")', '<b>&amp;</b>']

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
  const at = '2026-11-01T04:00:00Z'
  const offers = [{ campaign: FORMULA, code: 'O', discountFen: 5, funders: [{ partner: 'CCB', amountFen: 5 }] }]
  const charges = [{ key: `@route/mid/${MARKUP}|2026-11-01` }]
  const attempt = { channel: FORMULA, mid: MARKUP, pool: 'P', state: 'succeeded', costFen: 3, charges, over: [] }
  const decisions = [{ mid: null, exclude: [], amountFen: 7 }]
  const put = (text: string, values: unknown[]) => stage.pool.query(text, values)
  await put(`INSERT INTO client (code, name) VALUES ('ops', $1)`, [MARKUP])
  await put(`INSERT INTO api_key (id, client, name, hash, scopes, created_at) VALUES ('k', 'ops', $1, 'h', '{read}', $2)`, [FORMULA, at]) // prettier-ignore
  await put(`INSERT INTO proposal (kind, subject, body, hash, state, maker, made_at, checker, checked_at, reason) VALUES ('x', $1, '{}', 'h', 'rejected', 'a', $3, 'b', $3, $2)`, [FORMULA, MARKUP, at]) // prettier-ignore
  await put(`INSERT INTO journal (business_date, event, client, serial, merchant, clearing_system, detail, accounts, amounts_fen) VALUES ('2026-11-01', 'capture', 'T', 'S', $1, 'main', $2, '{}', '{}')`, [MARKUP, { amountFen: 9, offers }]) // prettier-ignore
  await put(`INSERT INTO counter (key, limit_count, limit_version, used_count) VALUES ($1, 2, 1, 1), ($2, 2, 1, 1)`, [`${FORMULA}#id:${MARKUP}||total`, charges[0]!.key]) // prettier-ignore
  await put(`INSERT INTO route (client, serial, version, state, merchant, body_hash, amount_fen, attempts, record, created_at) VALUES ('T', 'S', 1, 'succeeded', $1, 'h', 9, $2, $3, $4)`, [FORMULA, JSON.stringify([attempt]), { facts: { method: MARKUP }, decisions }, at]) // prettier-ignore
  await stage.start({}, { definitionOf })
})
afterAll(() => stage.close())

const kinds: ReportKind[] = ['campaign-effect', 'routing', 'audit']
const sections = kinds.flatMap((kind) => definitionOf(kind).sections.map(({ section }) => ({ kind, section })))

test.each(sections)(
  '$kind, $section: made in every format, and no cell of its CSV is a formula',
  async ({ kind, section }) => {
    // prettier-ignore
    const parameters = { from: '2026-11-01', to: '2026-11-02', ...(kind === 'campaign-effect' && { campaign: FORMULA }) }
    const asks = new ReportRuns(stage.pool, definitionOf)
    const runs = await Promise.all(
      REPORT_FORMATS.map(async (format) => {
        const of = format === 'xlsx' ? {} : { section }
        const { id } = await asks.request(
          { kind, ...of, parameters, format, language: 'zh', encoding: 'utf-8' },
          { actor: 'k' },
        )
        return stage.ended(id)
      }),
    )
    expect(runs.map(({ state, failure }) => failure ?? state)).toEqual(REPORT_FORMATS.map(() => 'done'))
    const csv = await readFile(stage.files.path(runs[0]!), 'utf8')
    for (const cell of csv.split(/[\r\n,]+/)) expect(cell).not.toMatch(/^"?[=@\t]/)
  },
)
