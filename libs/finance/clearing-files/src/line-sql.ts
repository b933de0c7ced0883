import {
  OFFER_FIELDS,
  SETTLEMENT_FIELDS,
  type CellType,
  type ClearingLayout,
  type LayoutColumn,
  type OfferField,
  type SettlementField,
} from '@lijian/contracts/finance'
import { currencyOfKey, decimalsOf } from '@lijian/contracts/money'
import { guardedText, guardSql } from '@lijian/sheet-files'
import { CLEARED_EVENTS, IS_KIND, literal, REBATE_DATE, SETTLE_FEN, SETTLE_TEXT, type OfferRows } from './offer-sql'

/** The finished lines of a file as one SELECT: PostgreSQL makes them; the copying process only passes bytes on. */
export function offerLinesSql(layout: ClearingLayout, rows: OfferRows): string {
  const line = lineOf(layout, ({ field }) => offerSource(field as OfferField, rows, layout))
  // No step between rows and lines: processes that scan the day side by side make the lines too.
  return offersOf(rows, line)
}

/** Journal rows of one date, in their order, with the offers of one kind in theirs. `select`: expressions over j and o. */
export const offersOf = (rows: OfferRows, select: string): string => `
  SELECT ${select}
  FROM journal j CROSS JOIN LATERAL jsonb_array_elements(j.detail->'offers') WITH ORDINALITY o (offer, n)
  WHERE j.business_date = ${literal(rows.businessDate)} AND j.event IN ${CLEARED_EVENTS}
    AND coalesce(j.clearing_system, 'main') = ${literal(rows.clearingSystem)} AND ${IS_KIND[rows.kind]}
  ORDER BY j.id, o.n`

/** The currency that stands behind the merchant of a settlement (`inCurrency`), over s. */
export const SETTLED_CURRENCY = `coalesce(nullif(split_part(s.merchant, '@', 2), ''), 'CNY')`

const SETTLEMENT_SOURCE: Readonly<Record<Exclude<SettlementField, 'settlementDate'>, string>> = {
  merchant: `split_part(s.merchant, '@', 1)`,
  due: 's.due_fen',
  carriedIn: 's.carried_in_fen',
  payout: 's.payout_fen',
  carriedOut: 's.carried_out_fen',
}

/** The file's settlements: those of its currency, of merchants as they are named without it. */
export function settlementLinesSql(layout: ClearingLayout, settlementDate: string, currency: string): string {
  const line = lineOf(layout, ({ field }): Source => {
    if (field === 'settlementDate') return { text: dateLiteral(layout, settlementDate) }
    const sql = SETTLEMENT_SOURCE[field as keyof typeof SETTLEMENT_SOURCE]
    return SETTLEMENT_FIELDS[field as SettlementField] === 'amount'
      ? { text: `(${sql} * ${oneOf(layout, currency)})::text`, negative: true }
      : { text: sql }
  })
  return `SELECT ${line} FROM merchant_settlement s WHERE s.settlement_date = ${literal(settlementDate)}
    AND ${SETTLED_CURRENCY} = ${literal(currency)} ORDER BY s.merchant`
}

/** Fixed lines (header, titles, trailer) on the same way, so that they get the same encoding. */
export const fixedLinesSql = (lines: readonly string[], encoding: ClearingLayout['encoding']): string =>
  `SELECT ${encoded('line', encoding)} FROM unnest(ARRAY[${lines.map(literal).join(', ')}]::text[]) WITH ORDINALITY l (line, n) ORDER BY n`

/**
 * The bytes of a text in GB18030, each as the one character of LATIN1 that has its number: a length is counted in bytes then. Of a whole line
 * of mostly digits and spaces, PostgreSQL's way to GB18030 takes as long as everything else of it, its way to LATIN1 hardly anything. Codes,
 * serials, amounts and dates are ASCII, the same in both: only free text comes here.
 */
const encoded = (text: string, encoding: ClearingLayout['encoding']): string =>
  encoding === 'utf-8' ? text : `convert_from(convert_to(${text}, 'GB18030'), 'LATIN1')`

/**
 * COPY of finished lines: with a quote and a delimiter that no line contains (control characters never get into one), CSV adds nothing to
 * them.
 */
export const copySql = (select: string, encoding: ClearingLayout['encoding']): string =>
  `COPY (${select}) TO STDOUT WITH (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02', ENCODING '${encoding === 'utf-8' ? 'UTF8' : 'LATIN1'}')`

interface Source {
  /** SQL of the cell's text, without quotes and padding. */
  text: string
  /** Of free text: as it is stored, with its control characters; as long in characters and in bytes. */
  raw?: string
  /** An amount that can be below 0. */
  negative?: boolean
}

/** SQL of one field of a row about an offer, over j and o. */
function offerSource(field: OfferField, rows: OfferRows, layout: ClearingLayout): Source {
  switch (field) {
    case 'businessDate':
      return { text: dateLiteral(layout, rows.businessDate) }
    case 'settlementDate':
      return { text: dateLiteral(layout, rows.settlementDate) }
    case 'rebateDate':
      return { text: rows.kind === 'rebate' ? dateText(layout, REBATE_DATE) : dateLiteral(layout, rows.businessDate) }
    case 'clearingSystem':
      return { text: literal(rows.clearingSystem) }
    case 'currency':
      return { text: literal(currencyOfKey(rows.clearingSystem)) }
    case 'kind':
      return { text: literal(rows.kind) }
    case 'event':
    case 'client':
    case 'serial':
      return { text: `j.${field}` }
    case 'merchant':
      return { text: `coalesce(j.merchant, '')` }
    case 'originalSerial':
      return { text: `coalesce(j.original_serial, '')` }
    case 'ruleVersion':
      return { text: ofOffer('version') }
    case 'offer':
      return { text: ofOffer('code') }
    case 'offerName':
      return { text: withoutControls(ofOffer('name')), raw: ofOffer('name') }
    case 'campaign':
    case 'delivery':
    case 'paymentMode':
      return { text: ofOffer(field) }
    case 'paymentMethod':
      return { text: `coalesce(j.detail->>'paymentMethod', '')` }
    case 'at':
      return { text: instantText(layout, `(j.detail->>'at')::timestamptz AT TIME ZONE ${literal(rows.timeZone)}`) }
    case 'amount':
    case 'payable':
    case 'feeOriginal':
    case 'feeFinal':
    case 'feeSaved':
      return amount(layout, rows, `(j.detail->'${field}Fen')::numeric`, `j.detail->>'${field}Fen'`)
    case 'discount':
      return amount(layout, rows, `(o.offer->'discountFen')::numeric`, `o.offer->>'discountFen'`)
    case 'settle':
      return amount(layout, rows, SETTLE_FEN, SETTLE_TEXT)
  }
}

/** `coalesce`: a NULL would take its delimiter along. */
const ofOffer = (key: string) => `coalesce(o.offer->>'${key}', '')`

/** What a minor unit is in the file: 0.01 of a yuan, 1 yen, 0.001 of a dinar. */
function oneOf({ amounts }: ClearingLayout, currency: string): string {
  const decimals = amounts === 'yuan' ? decimalsOf(currency) : 0
  return decimals === 0 ? '1' : `0.${'1'.padStart(decimals, '0')}`
}

/** Exact: numeric keeps two decimals of a product with 0.01. `text`: of the same fen, as they are. */
function amount(layout: ClearingLayout, { clearingSystem }: OfferRows, fen: string, text: string): Source {
  const one = oneOf(layout, currencyOfKey(clearingSystem))
  if (layout.reverseAmounts === 'positive') return { text: one === '1' ? text : `(${fen} * ${one})::text` }
  return { text: `(${fen} * CASE WHEN j.event = 'capture' THEN ${one} ELSE -${one} END)::text`, negative: true }
}

const dateLiteral = ({ dates }: ClearingLayout, date: string) =>
  literal(dates === 'YYYYMMDD' ? date.replaceAll('-', '') : date)
const dateText = ({ dates }: ClearingLayout, date: string) =>
  `to_char(${date}, '${dates === 'YYYYMMDD' ? 'YYYYMMDD' : 'YYYY-MM-DD'}')`
/** A timestamp's own text to the second (DateStyle ISO) costs half of to_char; without its signs it costs more. */
const instantText = ({ dates }: ClearingLayout, timestamp: string) =>
  dates === 'YYYYMMDD' ? `to_char(${timestamp}, 'YYYYMMDDHH24MISS')` : `left((${timestamp})::text, 19)`

/** Control characters of a name become spaces: lines and cells keep their bounds. To find that there is none costs half of replacing them. */
const withoutControls = (text: string) =>
  `CASE WHEN ${hasControls(text)} THEN translate(${text}, ${CONTROLS}, '${' '.repeat(32)}') ELSE ${text} END`
const hasControls = (text: string) => `${text} COLLATE "C" ~ '[\\x01-\\x1f\\x7f]'`
const CONTROLS = `E'${Array.from({ length: 31 }, (_, i) => `\\x${(i + 1).toString(16).padStart(2, '0')}`).join('')}\\x7f'`

function lineOf(layout: ClearingLayout, sourceOf: (column: LayoutColumn) => Source): string {
  const { form } = layout
  const fields: Readonly<Record<string, CellType>> = layout.rows === 'offers' ? OFFER_FIELDS : SETTLEMENT_FIELDS
  const cells = layout.columns.map((column) => {
    if (column.constant !== undefined) return literal(ownWord(layout, column.constant).padEnd(column.width ?? 0))
    const type = fields[column.field!]!
    const source = sourceOf(column)
    if (type === 'text') return form.type === 'fixed' ? placedName(layout, column, source) : freeText(layout, source)
    return form.type === 'fixed' ? placedValue(column, type, layout, source) : valued(column, source.text)
  })
  return form.type === 'fixed'
    ? `concat(${cells.join(', ')})`
    : `concat_ws(${literal(form.delimiter)}, ${cells.join(', ')})`
}

/** What stands for a word in this layout. */
const valued = ({ values }: LayoutColumn, text: string): string => casesOf(text, Object.entries(values ?? {}), text)

const casesOf = (text: string, cases: readonly (readonly [string, string])[], other: string): string =>
  cases.length === 0
    ? other
    : `CASE ${text} ${cases.map(([from, to]) => `WHEN ${literal(from)} THEN ${literal(to)}`).join(' ')} ELSE ${other} END`

/** What stands for a word has its width already, where it fits: only another word is looked at in each row. */
function placedValue(column: LayoutColumn, type: CellType, layout: ClearingLayout, source: Source): string {
  const { values = {}, width = 0, align } = column
  const cases = Object.entries(values)
  if (type !== 'word' || cases.some(([, to]) => to.length > width))
    return placed(column, type, layout, { ...source, text: valued(column, source.text) })
  const ready = cases.map(([from, to]) => [from, align === 'right' ? to.padStart(width) : to.padEnd(width)] as const)
  return casesOf(source.text, ready, placed(column, type, layout, source))
}

/** Longer than any code, serial number, amount or instant can be: such a column needs no look at what it gets. */
const alwaysFits = (type: CellType, { dates }: ClearingLayout): number =>
  ({ word: 64, number: 10, amount: 17, date: 10, instant: dates === 'YYYYMMDD' ? 14 : 19, text: Infinity })[type]

function placed(
  { field, width = 0, align, pad = ' ' }: LayoutColumn,
  type: CellType,
  layout: ClearingLayout,
  { text, negative }: Source,
): string {
  const right = align === undefined ? type === 'amount' || type === 'number' : align === 'right'
  const zeros = (digits: string, places: number) => `lpad(${digits}, ${places}, '0')`
  const fits =
    pad === '0'
      ? negative
        ? `CASE WHEN left(${text}, 1) = '-' THEN '-' || ${zeros(`substr(${text}, 2)`, width - 1)} ELSE ${zeros(text, width)} END`
        : zeros(text, width)
      : right
        ? `lpad(${text}, ${width})`
        : filledUp(text, width)
  if (width >= alwaysFits(type, layout)) return fits
  // What names or counts money is never cut: the file is refused instead.
  return `CASE WHEN length(${text}) > ${width} THEN clearing_too_wide(${text}, ${width}, ${literal(field!)})::bpchar ELSE ${fits} END`
}

/** Three times as fast as rpad. As text it would lose the spaces: concat keeps them, and so does CASE beside nothing but bpchar. */
const filledUp = (text: string, width: number): string => `(${text})::char(${width})`

/**
 * A name is cut to the bytes that it has room for, never inside a character. One that fits, and most do, is filled up here: the function that
 * cuts takes as long as half of the line.
 */
function placedName(
  { encoding }: ClearingLayout,
  { width = 0, align }: LayoutColumn,
  { text, raw = text }: Source,
): string {
  const right = align === 'right'
  const name = encoding === 'utf-8' ? 'UTF8' : 'GB18030'
  const cut = encoded(`clearing_cut(${text}, ${width}, '${name}', ${right})`, encoding)
  if (encoding === 'utf-8') return cut
  const bytes = encoded(raw, encoding)
  // A character has four bytes at most.
  const fits = `(length(${raw}) <= ${Math.floor(width / 4)} OR octet_length(convert_to(${raw}, '${name}')) <= ${width})`
  return right
    ? `CASE WHEN ${fits} AND NOT ${hasControls(raw)} THEN lpad(${bytes}, ${width}) ELSE ${cut} END`
    : `CASE WHEN ${fits} AND NOT ${hasControls(raw)} THEN ${filledUp(bytes, width)} ELSE ${cut}::bpchar END`
}

function freeText({ form, encoding }: ClearingLayout, { text }: Source): string {
  if (form.type === 'fixed') return encoded(text, encoding)
  const safe = guardSql(text, form.quote ? undefined : form.delimiter)
  return form.quote
    ? `concat('"', ${safe}, ${encoded(`replace(${text}, '"', '""')`, encoding)}, '"')`
    : `concat(${safe}, ${encoded(`translate(${text}, ${literal(form.delimiter)}, ' ')`, encoding)})`
}

/**
 * What a layout itself puts into a cell: titles, constants. Where a spreadsheet may open the file it runs none of them. A sign alone is none,
 * and stands in files that machines read.
 */
export const ownWord = ({ form }: Pick<ClearingLayout, 'form'>, word: string): string =>
  form.type === 'fixed' || word.trim().length <= 1 ? word : guardedText(word)
