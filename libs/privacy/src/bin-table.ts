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

/** The longest prefix wins; a conflicting row hides shorter ones, because nobody knows what such a card is. */
export class BinTable {
  private readonly rows = new Map<string, BinRow[]>()
  /** Lengths of the BINs that begin with these digits, longest first: mostly one. */
  private readonly lengths = new Map<string, number[]>()
  private readonly shortest: number

  constructor(rows: readonly BinRow[]) {
    for (const row of rows) {
      const same = this.rows.get(row.bin)
      if (same) same.push(row)
      else this.rows.set(row.bin, [row])
    }
    this.shortest = Math.min(BIN_MAX, ...rows.map(({ bin }) => bin.length))
    for (const { bin } of rows) {
      const begin = bin.slice(0, this.shortest)
      const lengths = new Set(this.lengths.get(begin)).add(bin.length)
      this.lengths.set(
        begin,
        [...lengths].sort((a, b) => b - a),
      )
    }
  }

  /** Facts of a card of which the leading digits are known, and, if the whole number was seen, its length. */
  facts(digits: string, length?: number): BinFacts {
    const known = digits.slice(0, BIN_MAX)
    const found = this.longest(known, length)
    const scheme = schemeOf(known, length) ?? (found ? 'unionpay' : undefined)
    const facts: BinFacts = scheme === undefined ? {} : { scheme }
    if (!found || found.conflicting) return facts
    return { issuer: found.bankCode, cardType: found.cardType, cardLength: found.cardLength, ...facts }
  }

  private longest(digits: string, length: number | undefined): BinRow | undefined {
    for (const size of this.lengths.get(digits.slice(0, this.shortest)) ?? NO_LENGTHS) {
      if (size > digits.length) continue
      const rows = this.rows.get(digits.slice(0, size))
      if (rows?.length === 1 && (length === undefined || rows[0]!.cardLength === length)) return rows[0]
      const fitting = length === undefined ? rows : rows?.filter(({ cardLength }) => cardLength === length)
      if (!fitting?.[0]) continue
      // Without the length, rows of one BIN that differ leave the card unknown.
      const [first] = fitting
      const agree = fitting.every((row) => row.bankCode === first.bankCode && row.cardType === first.cardType)
      return agree ? first : { ...first, conflicting: true }
    }
    return undefined
  }
}
