import { basename } from 'node:path'
import { AMOUNT_FEN_MAX, jsonOf } from '@lijian/contracts/system'
import type { AmountDistribution } from '@lijian/warnings'
import { BadInput } from './fail'
import { readLines } from './read-lines'

/**
 * Which amounts payments have, from a file: one JSON object a line with "amount" (a file of payments does; its refunds and voids are passed
 * over) and perhaps "count", or CSV with an amount a line, or with a header that names the columns amount and perhaps count. Amounts in fen.
 */
export async function readAmounts(file: string): Promise<AmountDistribution> {
  const weights = new Map<number, number>()
  let columns: Columns | undefined
  await readLines(
    file,
    (text, number) => {
      const line = text.trim()
      if (line === '') return
      const fail = (what: string) => new BadInput(`${file}: line ${number}: ${what}`)
      if (line.startsWith('{')) return add(weights, fromJson(line, fail), fail)
      const cells = line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
      if (columns === undefined) {
        columns = columnsOf(cells, fail)
        if (columns.isHeader) return undefined
      }
      return add(
        weights,
        { amount: asNumber(cells[columns.amount]), count: asNumber(cells[columns.count] ?? '1') },
        fail,
      )
    },
    () => Promise.resolve(),
  )
  if (weights.size === 0) throw new BadInput(`${file}: no amounts in it: one a line is expected, in fen`)
  const points = [...weights].sort(([a], [b]) => a - b).map(([amountFen, weight]) => ({ amountFen, weight }))
  return { name: file === '-' ? 'stdin' : basename(file), points }
}

type Fail = (what: string) => BadInput
interface Entry {
  amount: unknown
  count: unknown
}
interface Columns {
  amount: number
  /** -1: there is none. */
  count: number
  isHeader: boolean
}

const asNumber = (text: string | undefined): unknown =>
  text !== undefined && /^[0-9]{1,15}$/.test(text) ? Number(text) : text

function columnsOf(cells: readonly string[], fail: Fail): Columns {
  if (cells.every((cell) => /^[0-9]*$/.test(cell))) return { amount: 0, count: 1, isHeader: false }
  const names = cells.map((cell) => cell.toLowerCase())
  const amount = names.indexOf('amount')
  if (amount < 0) throw fail('expected an amount in fen, or a header that names a column "amount"')
  return { amount, count: names.indexOf('count'), isHeader: true }
}

/** Undefined: a line of a file of payments that is none. */
function fromJson(line: string, fail: Fail): Entry | undefined {
  let json: object
  try {
    json = jsonOf(line) as object
  } catch (error) {
    throw fail(error instanceof SyntaxError ? `not JSON: ${error.message}` : (error as Error).message)
  }
  return 'event' in json ? undefined : { amount: (json as Entry).amount, count: (json as Entry).count ?? 1 }
}

function add(weights: Map<number, number>, entry: Entry | undefined, fail: Fail): void {
  if (entry === undefined) return
  const { amount, count } = entry
  if (!isWhole(amount)) throw fail('amount: expected a whole number of fen, 1 or more')
  if (!isWhole(count)) throw fail('count: expected a whole number, 1 or more')
  weights.set(amount, (weights.get(amount) ?? 0) + count)
}

const isWhole = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= AMOUNT_FEN_MAX
