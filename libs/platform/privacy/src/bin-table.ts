import type { CardType } from '@lijian/contracts/system'
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
const ZERO = '0'.charCodeAt(0)

/** The rows of one BIN. Rows that differ leave a card unknown of which the length is not known. */
interface SameBin {
  anyLength: BinRow
  byLength: ReadonlyMap<number, BinRow>
}

/** Of the tree in which BINs stand digit by digit: a card is looked up in one walk, without cutting its number to pieces. */
interface Node {
  rows?: SameBin
  next: (Node | undefined)[]
}

/** The longest prefix wins; a conflicting row hides shorter ones, because such a card is unknown. */
export class BinTable {
  private readonly root: Node = { next: [] }

  constructor(rows: readonly BinRow[]) {
    for (const [bin, same] of groupBy(rows, (row) => row.bin)) {
      let node = this.root
      for (const digit of bin) node = node.next[Number(digit)] ??= { next: [] }
      node.rows = sameBin(same)
    }
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
    let found: BinRow | undefined
    let node: Node | undefined = this.root
    for (let i = 0; i < digits.length; i++) {
      node = node.next[digits.charCodeAt(i) - ZERO]
      if (node === undefined) break
      const row = length === undefined ? node.rows?.anyLength : node.rows?.byLength.get(length)
      if (row !== undefined) found = row
    }
    return found
  }
}

function sameBin(rows: readonly BinRow[]): SameBin {
  const byLength = groupBy(rows, ({ cardLength }) => cardLength)
  return { anyLength: agreed(rows), byLength: new Map([...byLength].map(([length, same]) => [length, agreed(same)])) }
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
