import {
  type Column,
  dateOf,
  decimalsIn,
  decimalText,
  FLAG_WORDS,
  flagOf,
  type Row,
  type Showing,
  textOf,
  wallSecondsOf,
  wallText,
  wholeOf,
} from '@lijian/sheet-files'

/** A cell as people read it: what a sheet holds, with thousands apart. Throws on a value that its column cannot hold. */
export function cellText(column: Column, row: Row, { language, zone }: Showing): string {
  switch (column.type) {
    case 'text': {
      const text = textOf(column, row) ?? ''
      return Object.hasOwn(column.words ?? {}, text) ? column.words![text]![language] : text
    }
    case 'integer':
      return mapped(wholeOf(column, row), (whole) => decimalGrouped(whole, 0))
    case 'amount':
      return mapped(wholeOf(column, row), (whole) => decimalGrouped(whole, decimalsIn(column, row)))
    case 'rate':
      return mapped(wholeOf(column, row), percent)
    case 'date':
      return dateOf(column, row) ?? ''
    case 'instant':
      return mapped(wallSecondsOf(column, row, zone), wallText)
    case 'flag':
      return mapped(flagOf(column, row), (flag) => FLAG_WORDS[language][flag ? 0 : 1])
  }
}

const mapped = <T>(value: T | undefined, text: (value: T) => string): string => (value === undefined ? '' : text(value))

/** 6000 ppm are `0.60%`, 12345 are `1.2345%`. */
const percent = (ppm: bigint): string => `${decimalGrouped(ppm, 4).replace(/00$/, '')}%`

/** 1234567 with two decimals is `12,345.67`, −5 is `-0.05`. */
export function decimalGrouped(whole: bigint, decimals: number): string {
  const [digits, part] = decimalText(whole, decimals).split('.')
  const grouped = digits!.replace(/\B(?=(\d{3})+$)/g, ',')
  return part === undefined ? grouped : `${grouped}.${part}`
}
