import type { CardType } from '@lijian/contracts'
import { schemeOf } from './scheme'

/** One row of the BIN table: a prefix of card numbers of one length. */
export interface BinRow {
  bin: string
  cardLength: number
  bankCode: string
  cardType: CardType
  /** The sources disagree about bank or card type: the row fills nothing. */
  conflicting: boolean
}

export interface BinFacts {
  issuer?: string
  cardType?: CardType
  scheme?: string
  cardLength?: number
}

const CARD_TYPES: Readonly<Record<string, CardType>> = {
  DC: 'debit',
  CC: 'credit',
  SCC: 'quasi_credit', // 准贷记卡
  PC: 'prepaid',
}

/** Rows of data/cn_bin_merged.csv: bin,bin_len,card_len,bank_code,bank_name,card_type,sources,conflict. Throws with the number of a bad line. */
export function parseBinRows(csv: string): BinRow[] {
  const [header, ...lines] = csv.trim().split(/\r?\n/)
  if (header !== 'bin,bin_len,card_len,bank_code,bank_name,card_type,sources,conflict')
    throw new Error('BIN table: unexpected header')
  return lines.map((line, i) => {
    const [bin = '', , cardLength, bankCode = '', , type = '', , conflict = ''] = line.split(',')
    const cardType = CARD_TYPES[type]
    if (!/^[0-9]{1,12}$/.test(bin) || !bankCode || !cardType) throw new Error(`BIN table: line ${i + 2} is malformed`)
    return { bin, cardLength: Number(cardLength), bankCode, cardType, conflicting: conflict !== '' }
  })
}

const BIN_MAX = 12
const NO_LENGTHS: readonly number[] = []

/** The rows of one BIN. Rows that differ leave a card unknown of which the length is not known. */
interface SameBin {
  anyLength: BinRow
  byLength: ReadonlyMap<number, BinRow>
}

/** The longest prefix wins; a conflicting row hides shorter ones, because nobody knows what such a card is. */
export class BinTable {
  private readonly rows: ReadonlyMap<string, SameBin>
  /** Lengths of the BINs that begin with these digits, longest first: mostly one. */
  private readonly lengths = new Map<string, number[]>()
  private readonly shortest: number

  constructor(rows: readonly BinRow[]) {
    const byBin = groupBy(rows, ({ bin }) => bin)
    this.rows = new Map([...byBin].map(([bin, same]) => [bin, sameBin(same)]))
    this.shortest = Math.min(BIN_MAX, ...rows.map(({ bin }) => bin.length))
    for (const [begin, bins] of groupBy([...byBin.keys()], (bin) => bin.slice(0, this.shortest)))
      this.lengths.set(
        begin,
        [...new Set(bins.map((bin) => bin.length))].sort((a, b) => b - a),
      )
  }

  /** Facts of a card of which the leading digits are known, and, if the whole number was seen, its length. */
  facts(digits: string, length?: number): BinFacts {
    const known = digits.slice(0, BIN_MAX)
    const found = this.longest(known, length)
    const scheme = schemeOf(known, length) ?? (found ? 'unionpay' : undefined)
    if (!found || found.conflicting) return scheme === undefined ? {} : { scheme }
    const { bankCode: issuer, cardType, cardLength } = found
    return scheme === undefined ? { issuer, cardType, cardLength } : { issuer, cardType, cardLength, scheme }
  }

  private longest(digits: string, length: number | undefined): BinRow | undefined {
    for (const size of this.lengths.get(digits.slice(0, this.shortest)) ?? NO_LENGTHS) {
      if (size > digits.length) continue
      const same = this.rows.get(digits.slice(0, size))
      const row = length === undefined ? same?.anyLength : same?.byLength.get(length)
      if (row !== undefined) return row
    }
    return undefined
  }
}

function sameBin(rows: readonly BinRow[]): SameBin {
  const byLength = groupBy(rows, ({ cardLength }) => cardLength)
  return {
    anyLength: agreed(rows),
    byLength: new Map([...byLength].map(([length, same]) => [length, agreed(same)])),
  }
}

function agreed(rows: readonly BinRow[]): BinRow {
  const first = rows[0]!
  const agree = rows.every(({ bankCode, cardType }) => bankCode === first.bankCode && cardType === first.cardType)
  return agree ? first : { ...first, conflicting: true }
}

function groupBy<T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const value of values) {
    const key = keyOf(value)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [value])
    else group.push(value)
  }
  return groups
}
