import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReportKind, ReportParameters } from '@lijian/contracts/finance'
import { definitionOf, differences, firstRowsOfAll, withSnapshot, type Ask } from '@lijian/reports'
import { Pool } from 'pg'
import { emptyDatabase } from '../data/journal'
import { withSql } from '../data/load'
import { figure, goal, table } from '../report/table'
import { withBed, type Bed } from '../servers'
import { COST_HEADS, costCells, fastest, type Cost } from './costs'
import { cpuSeconds } from './usage'

const FROM = '2026-09-01'
const DAYS = 30
const TURNS = 3
const GOAL_SECONDS = 2
/** Rows of a page, as the console asks for them. */
const PAGE = 500

/** Reports that read roll-ups; `details` of each reads postings, and there are none. */
const ASKED: readonly { kind: ReportKind; about?: Pick<ReportParameters, 'partner'> }[] = [
  { kind: 'merchant' },
  { kind: 'partner-transactions', about: { partner: 'CCB' } },
]

export interface RollUpSize {
  /** Of each day. */
  payments: number
  merchants: number
}

/** Rows as the seal would leave them: captures by two methods, failures, and a refund in fifty, of every merchant and day. */
export const rollUpsSql = ({ payments, merchants }: RollUpSize): string[] => [
  `INSERT INTO payment_day (business_date, n, event, merchant, currency, method, payments, amount_fen, discount_fen, fee_saved_fen, rebate_fen, prepaid_fen, postpaid_fen)
   SELECT DATE '${FROM}' + d, (m - 1) * 4 + k, event, 'M' || lpad(m::text, 6, '0'), 'CNY', method, p, p * 12800, p * 1500, 0, 0, 0, p * 1500
   FROM generate_series(0, ${DAYS - 1}) d, generate_series(1, ${merchants}) m,
     (VALUES (1, 'capture', 'qr', 0.60), (2, 'capture', 'card', 0.36), (3, 'refund', 'qr', 0.02), (4, 'failed', 'qr', 0.02)) k (k, event, method, share),
     LATERAL (SELECT greatest(1, round(${payments}::numeric / ${merchants} * share))::bigint AS p) q`,
  `INSERT INTO payment_share_day (business_date, n, part, campaign, offer, offer_name, kind, delivery, payment_mode, partner, amount_fen, event, merchant, currency,
     method, payments, paid_fen, firsts)
   SELECT business_date, n, 1, 'B' || n % 100, 'B' || n % 100 || '-HOT', '建行信用卡满100减15元', 'amount', 'instant', 'postpay', 'CCB', discount_fen, event, merchant,
     currency, method, payments, amount_fen, share_firsts(NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM payment_day`,
  `INSERT INTO payment_posting_day (business_date, account, fen)
   SELECT business_date, account, sum(fen) FROM (
     SELECT business_date, 'receivable/CCB' AS account, CASE event WHEN 'capture' THEN amount_fen ELSE -amount_fen END AS fen FROM payment_share_day WHERE event <> 'failed'
     UNION ALL
     SELECT business_date, 'merchant-discount/' || merchant, CASE event WHEN 'capture' THEN -amount_fen ELSE amount_fen END FROM payment_share_day WHERE event <> 'failed'
   ) p GROUP BY 1, 2`,
  `INSERT INTO merchant_day (business_date, merchant, name, region) SELECT DISTINCT business_date, merchant, '面馆 ' || merchant, '440300' FROM payment_day`,
  `INSERT INTO journal_seal (business_date, rows_count, debit_fen, hash, previous_hash)
   SELECT DATE '${FROM}' + d, 0, 0, sha256(d::text::bytea), sha256('') FROM generate_series(0, ${DAYS - 1}) d`,
]

/** Each section of the daily reports over thirty sealed days, as a page of data. */
export const rollUps = (size: RollUpSize, say: (line: string) => void): Promise<string> =>
  withBed(say, (bed) => measured(bed, size, say), emptyDatabase)

async function measured(bed: Bed, size: RollUpSize, say: (line: string) => void): Promise<string> {
  say(`writing roll-ups of ${DAYS} days of ${figure(size.payments)} payments at ${figure(size.merchants)} merchants`)
  await withSql(bed.databaseUrl, async (sql) => {
    for (const statement of rollUpsSql(size)) await sql.query(statement)
    await sql.query('VACUUM ANALYZE payment_day, payment_share_day, payment_posting_day, merchant_day, journal_seal')
    await sql.query('CHECKPOINT')
  })
  const pool = new Pool({ connectionString: bed.databaseUrl, max: 2 })
  const postgresPid = Number(readFileSync(join(bed.dir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  const cpu = () => ({ node: process.cpuUsage(), postgres: cpuSeconds(postgresPid) })
  const timed = async (work: () => Promise<unknown>): Promise<Cost> => {
    const [before, began] = [cpu(), performance.now()]
    await work()
    const after = cpu()
    const nodeUs = after.node.user + after.node.system - before.node.user - before.node.system
    return {
      seconds: (performance.now() - began) / 1000,
      nodeCpu: nodeUs / 1_000_000,
      postgresCpu: after.postgres - before.postgres,
    }
  }
  try {
    const lines: string[][] = []
    const to = new Date(Date.parse(FROM) + (DAYS - 1) * 86_400_000).toISOString().slice(0, 10)
    for (const { kind, about } of ASKED) {
      const definition = definitionOf(kind)
      const ask: Ask = { parameters: { from: FROM, to, ...about }, timeZone: 'Asia/Shanghai' }
      const signal = new AbortController().signal
      await withSnapshot(pool, { definition, ask, signal }, async (db) => {
        const line = async (name: string, work: () => Promise<unknown>) => {
          say(`${kind} ${name}`)
          const all: Cost[] = []
          for (let turn = 0; turn < TURNS; turn++) all.push(await timed(work))
          const best = fastest(all)
          lines.push([`${kind} ${name}`, ...costCells(best), `${goal(best.seconds, '≤', GOAL_SECONDS)} s`])
        }
        for (const section of definition.sections)
          await line(section.section, () => firstRowsOfAll(db, section, ask, PAGE))
        await line('proofs', async () => {
          const wrong = await differences(db, definition, ask)
          if (wrong.length > 0) throw new Error(`the rolled-up rows of the bench disagree: ${wrong[0]}`)
        })
      })
    }
    return [
      `${DAYS} days of ${figure(size.payments)} payments at ${figure(size.merchants)} merchants from roll-ups, each section as a page of ${PAGE} rows with its totals, fastest of ${TURNS}.`,
      table(['section', ...COST_HEADS, 'goal'], lines),
    ].join('\n\n')
  } finally {
    await pool.end()
  }
}
