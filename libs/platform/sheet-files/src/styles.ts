/** Places in `cellXfs` of STYLES_XML. */
export const STYLE = {
  usual: 0,
  head: 1,
  title: 2,
  note: 3,
  date: 4,
  instant: 5,
  integer: 6,
  rate: 7,
  amount: 8,
} as const

/** Amounts have a style for each number of decimals, 0 to 4. */
export const amountStyle = (decimals: number): number => STYLE.amount + decimals

const FORMATS = [
  'yyyy-mm-dd',
  'yyyy-mm-dd hh:mm:ss',
  '#,##0',
  '0.00##%',
  '#,##0',
  '#,##0.0',
  '#,##0.00',
  '#,##0.000',
  '#,##0.0000',
]
/** Numbers below belong to Excel. */
const FIRST_FORMAT = 164

const font = (inside: string) => `<font>${inside}<name val="Calibri"/><family val="2"/></font>`
const format = (code: string, i: number) => `<numFmt numFmtId="${FIRST_FORMAT + i}" formatCode="${code}"/>`
const usual = (formatId: number, fontId: number, rest = '') =>
  `<xf numFmtId="${formatId}" fontId="${fontId}" fillId="${rest ? 2 : 0}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"${rest || '/>'}`

const HEAD_REST =
  ' applyFill="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>'

/** Fixed: the same in every file. */
export const STYLES_XML = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="${FORMATS.length}">${FORMATS.map(format).join('')}</numFmts><fonts count="4">${font('<sz val="11"/>')}${font('<b/><sz val="11"/>')}${font('<b/><sz val="14"/>')}${font('<sz val="11"/><color rgb="FF595959"/>')}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7EBF1"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${4 + FORMATS.length}">${usual(0, 0)}${usual(0, 1, HEAD_REST)}${usual(0, 2)}${usual(0, 3)}${FORMATS.map((_, i) => usual(FIRST_FORMAT + i, 0)).join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
