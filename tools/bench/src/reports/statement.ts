import { emptyDatabase, loadJournal } from '../data/journal'
import { withSql } from '../data/load'
import { figure, goal, table } from '../report/table'
import { withBed } from '../servers'
import { COST_HEADS, costCells, fastest } from './costs'
import { Generator, type Made } from './generator'

const DATE = '2026-11-01'
const TURNS = 3
const GOAL_SECONDS = 8

/** A partner's statement (对账单) of so many lines as PDF, through the whole generator. */
export const statement = (rows: number, say: (line: string) => void): Promise<string> =>
  withBed(
    say,
    async (bed) => {
      say(`writing ${figure(rows)} postings of a partner`)
      await loadJournal(bed.databaseUrl, DATE, rows)
      await withSql(bed.databaseUrl, (sql) =>
        sql.query(`INSERT INTO partner (code, name) VALUES ('CCB', '中国建设银行') ON CONFLICT DO NOTHING`),
      )
      const generator = await Generator.start(bed, say)
      try {
        const made: Made[] = []
        for (let turn = 1; turn <= TURNS; turn++) {
          say(`statement, turn ${turn}`)
          const from = new Date(Date.parse(DATE) - turn * 86_400_000).toISOString().slice(0, 10)
          made.push(await generator.ask('partner-funds', { from, to: DATE, partner: 'CCB' }, 'pdf'))
        }
        const best = fastest(made)
        const limit = (GOAL_SECONDS * Math.max(rows, 8000)) / 8000
        return [
          `A statement as PDF, ${figure(best.run.rows ?? rows)} lines, fastest of ${TURNS}; most memory of the generator ${figure(generator.peakMib)} MiB.`,
          table(
            ['file', ...COST_HEADS, 'size', 'goal'],
            [
              [
                'PDF',
                ...costCells(best),
                `${figure(best.run.bytes! / 2 ** 20)} MiB`,
                `${goal(best.seconds, '≤', limit)} s`,
              ],
            ],
          ),
        ].join('\n\n')
      } finally {
        await generator.stop()
      }
    },
    emptyDatabase,
  )
