import {
  OFFER_FIELDS,
  SETTLEMENT_FIELDS,
  type CellType,
  type ClearingKind,
  type ClearingLayout,
  type LayoutColumn,
} from '@lijian/contracts'

/** Which rows a file has. */
export interface OfferRows {
  businessDate: string
  settlementDate: string
  kind: ClearingKind
  clearingSystem: string
  /** Of the institution: instants are shown in it. */
  timeZone: string
}

/** Text as an SQL literal; COPY takes no parameters. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

const SIGN = `CASE WHEN j.event = 'capture' THEN 1 ELSE -1 END`
const MERCHANT_SHARE = `(CASE WHEN o.offer->'funders' @> '[{"partner":"@merchant"}]' THEN
  (SELECT sum((f->>'amountFen')::bigint)::bigint FROM jsonb_array_elements(o.offer->'funders') f WHERE f->>'partner' = '@merchant') ELSE 0 END)`
/** Of an offer without its merchant's own share; a rebate is paid whole. */
export const SETTLE_FEN = `((o.offer->>'discountFen')::bigint - CASE WHEN o.offer->>'kind' = 'amount' AND o.offer->>'delivery' = 'rebate' THEN 0 ELSE ${MERCHANT_SHARE} END)`
/** The kind of file that an offer stands in. */
export const KIND_OF_OFFER = `CASE WHEN o.offer->>'kind' = 'fee' THEN 'fee' WHEN o.offer->>'delivery' = 'rebate' THEN 'rebate' ELSE 'amount' END`
const IS_KIND: Readonly<Record<ClearingKind, string>> = {
  amount: `o.offer->>'kind' = 'amount' AND o.offer->>'delivery' = 'instant'`,
  fee: `o.offer->>'kind' = 'fee'`,
  rebate: `o.offer->>'kind' = 'amount' AND o.offer->>'delivery' = 'rebate'`,
}
/** Events of the journal that clearing files show. */
export const CLEARED_EVENTS = `('capture', 'void', 'reversal', 'refund')`
/** T+n of a rebate by the version of the document that granted it; what is taken back is due at once. */
export const REBATE_DATE = `CASE WHEN j.event <> 'capture' THEN j.business_date ELSE coalesce((
  SELECT CASE WHEN d->>'rebateFrom' = 'end' THEN greatest(j.business_date, coalesce(d->'rule'->'window'->>'to', v.document->>'to')::date) ELSE j.business_date END
    + coalesce((d->>'rebateAfterDays')::int, 0)
  FROM campaign_version v CROSS JOIN LATERAL json_array_elements(v.document->'offers') d
  WHERE v.code = o.offer->>'campaign' AND v.version = (o.offer->>'version')::int AND d->>'code' = o.offer->>'code'), j.business_date) END`

const ofDetail = (key: string) => `(j.detail->>'${key}')::bigint * (${SIGN})`
const ofOffer = (key: string) => `o.offer->>'${key}'`

/** SQL of each field of a row, before it becomes text. */
function offerSource(field: keyof typeof OFFER_FIELDS, rows: OfferRows): string {
  switch (field) {
    case 'businessDate':
      return `${literal(rows.businessDate)}::date`
    case 'settlementDate':
      return `${literal(rows.settlementDate)}::date`
    case 'clearingSystem':
      return literal(rows.clearingSystem)
    case 'kind':
      return literal(rows.kind)
    case 'event':
    case 'client':
    case 'serial':
    case 'merchant':
      return `j.${field}`
    case 'originalSerial':
      return 'j.original_serial'
    case 'ruleVersion':
      return ofOffer('version')
    case 'offer':
      return ofOffer('code')
    case 'offerName':
      return withoutControls(ofOffer('name'))
    case 'campaign':
    case 'delivery':
    case 'paymentMode':
      return ofOffer(field)
    case 'paymentMethod':
      return `j.detail->>'paymentMethod'`
    case 'at':
      return `(j.detail->>'at')::timestamptz AT TIME ZONE ${literal(rows.timeZone)}`
    case 'rebateDate':
      return rows.kind === 'rebate' ? REBATE_DATE : 'j.business_date'
    case 'amount':
    case 'payable':
    case 'feeOriginal':
    case 'feeFinal':
    case 'feeSaved':
      return ofDetail(`${field}Fen`)
    case 'discount':
      return `(o.offer->>'discountFen')::bigint * (${SIGN})`
    case 'settle':
      return `${SETTLE_FEN} * (${SIGN})`
  }
}

const SETTLEMENT_SOURCE: Readonly<Record<keyof typeof SETTLEMENT_FIELDS, string>> = {
  settlementDate: 's.settlement_date',
  merchant: 's.merchant',
  due: 's.due_fen',
  carriedIn: 's.carried_in_fen',
  payout: 's.payout_fen',
  carriedOut: 's.carried_out_fen',
}

/** Journal rows of one date, in their order, with the offers of one kind in theirs. `select`: expressions over j and o. */
export const offersOf = (rows: OfferRows, select: string): string => `
  SELECT ${select}
  FROM journal j CROSS JOIN LATERAL jsonb_array_elements(j.detail->'offers') WITH ORDINALITY o (offer, n)
  WHERE j.business_date = ${literal(rows.businessDate)} AND j.event IN ${CLEARED_EVENTS}
    AND coalesce(j.clearing_system, 'main') = ${literal(rows.clearingSystem)} AND ${IS_KIND[rows.kind]}
  ORDER BY j.id, o.n`

const usedFields = (layout: ClearingLayout) => [
  ...new Set(layout.columns.flatMap(({ field }) => (field === undefined ? [] : [field]))),
]

/** The finished lines of a file as one SELECT: PostgreSQL makes them, whoever copies them out only passes bytes on. */
export function offerLinesSql(layout: ClearingLayout, rows: OfferRows): string {
  // The sign is taken off again where the layout wants it so.
  const unsigned = (field: string, sql: string) =>
    layout.reverseAmounts === 'positive' && OFFER_FIELDS[field as keyof typeof OFFER_FIELDS] === 'amount'
      ? `(${sql}) * (${SIGN})`
      : sql
  const fields = usedFields(layout) as (keyof typeof OFFER_FIELDS)[]
  const select = fields.map((field) => `${unsigned(field, offerSource(field, rows))} AS "${field}"`).join(', ')
  return lineSql(layout, OFFER_FIELDS, offersOf(rows, select))
}

export function settlementLinesSql(layout: ClearingLayout, settlementDate: string): string {
  const select = (usedFields(layout) as (keyof typeof SETTLEMENT_FIELDS)[])
    .map((field) => `${SETTLEMENT_SOURCE[field]} AS "${field}"`)
    .join(', ')
  return lineSql(
    layout,
    SETTLEMENT_FIELDS,
    `SELECT ${select} FROM merchant_settlement s WHERE s.settlement_date = ${literal(settlementDate)} ORDER BY s.merchant`,
  )
}

/** Fixed lines (header, titles, trailer) on the same way, so that they get the same encoding. */
export const fixedLinesSql = (lines: readonly string[]): string =>
  `SELECT line FROM unnest(ARRAY[${lines.map(literal).join(', ')}]::text[]) WITH ORDINALITY l (line, n) ORDER BY n`

/**
 * COPY of finished lines: with a quote and a delimiter that no line contains (control characters never get into one), CSV adds nothing to
 * them. PostgreSQL encodes.
 */
export const copySql = (select: string, encoding: ClearingLayout['encoding']): string =>
  `COPY (${select}) TO STDOUT WITH (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02', ENCODING '${sqlEncoding({ encoding })}')`

/**
 * Of fixed width in two steps, texts and then their places, so that no text is made twice. OFFSET 0 keeps PostgreSQL from folding the steps
 * into one.
 */
function lineSql(layout: ClearingLayout, fields: Readonly<Record<string, CellType>>, rows: string): string {
  const { form, columns } = layout
  const typeOf = ({ field }: LayoutColumn): CellType => (field === undefined ? 'word' : fields[field]!)
  const texts = columns.map((column) => textOf(layout, column, typeOf(column)))
  if (form.type === 'delimited')
    return `SELECT concat_ws(${literal(form.delimiter)}, ${texts.join(', ')}) FROM (${rows} OFFSET 0) r`
  const places = columns.map((column, i) => placed(layout, column, typeOf(column), `t.c${i}`))
  const named = texts.map((text, i) => `${text} AS c${i}`)
  return `SELECT concat(${places.join(', ')}) FROM (SELECT ${named.join(', ')} FROM (${rows} OFFSET 0) r OFFSET 0) t`
}

const sqlEncoding = ({ encoding }: Pick<ClearingLayout, 'encoding'>) => (encoding === 'utf-8' ? 'UTF8' : 'GB18030')

function placed(layout: ClearingLayout, column: LayoutColumn, type: CellType, text: string): string {
  const { constant, field, width = 0, align, pad = ' ' } = column
  if (constant !== undefined) return literal(constant.padEnd(width))
  const right = align === undefined ? type === 'amount' || type === 'number' : align === 'right'
  if (type === 'text') return placedName(layout, text, width, right)
  const fits =
    pad === '0'
      ? `CASE WHEN left(${text}, 1) = '-' THEN '-' || lpad(substr(${text}, 2), ${width - 1}, '0') ELSE lpad(${text}, ${width}, '0') END`
      : `${right ? 'lpad' : 'rpad'}(${text}, ${width})`
  // What names or counts money is never cut: the file is refused instead.
  return `CASE WHEN length(${text}) > ${width} THEN clearing_too_wide(${text}, ${width}, ${literal(field!)}) ELSE ${fits} END`
}

/** A name is cut to the bytes that it has room for, never inside a character. */
function placedName(layout: ClearingLayout, text: string, width: number, right: boolean): string {
  const bytes = layout.encoding === 'utf-8' ? `octet_length(${text})` : `octet_length(convert_to(${text}, 'GB18030'))`
  const spaces = `repeat(' ', ${width} - ${bytes})`
  const whole = right ? `${spaces} || ${text}` : `${text} || ${spaces}`
  return `CASE WHEN ${bytes} > ${width} THEN clearing_cut(${text}, ${width}, '${sqlEncoding(layout)}', ${right}) ELSE ${whole} END`
}

const CONTROLS = `E'${Array.from({ length: 31 }, (_, i) => `\\x${(i + 1).toString(16).padStart(2, '0')}`).join('')}\\x7f'`
/** Control characters of a name become spaces: lines and cells keep their bounds. */
const withoutControls = (value: string) => `translate(coalesce(${value}, ''), ${CONTROLS}, '${' '.repeat(32)}')`

function textOf(layout: ClearingLayout, { field, constant, values }: LayoutColumn, type: CellType): string {
  if (constant !== undefined) return literal(constant)
  const value = `r."${field}"`
  switch (type) {
    case 'amount':
      // Exact: numeric keeps two decimals.
      return layout.amounts === 'fen' ? `${value}::text` : `(${value}::numeric * 0.01)::text`
    case 'date':
      return `to_char(${value}, '${layout.dates === 'YYYYMMDD' ? 'YYYYMMDD' : 'YYYY-MM-DD'}')`
    case 'instant':
      return `to_char(${value}, '${layout.dates === 'YYYYMMDD' ? 'YYYYMMDDHH24MISS' : 'YYYY-MM-DD HH24:MI:SS'}')`
    case 'text':
      return freeText(layout, value)
    case 'number':
    case 'word': {
      if (values === undefined) return `coalesce(${value}, '')`
      const cases = Object.entries(values).map(([from, to]) => `WHEN ${literal(from)} THEN ${literal(to)}`)
      return `CASE ${value} ${cases.join(' ')} ELSE coalesce(${value}, '') END`
    }
  }
}

/** Beginnings that make a spreadsheet run a cell; the apostrophe itself, so that the reader knows which one was put there. */
export const SPREADSHEET_STARTS = ["'", '=', '+', '-', '@', '＝', '＋', '－', '＠']

function freeText({ form }: ClearingLayout, value: string): string {
  if (form.type === 'fixed') return value
  const kept = form.quote ? value : `translate(${value}, ${literal(form.delimiter)}, ' ')`
  const safe = `CASE WHEN left(${kept}, 1) IN (${SPREADSHEET_STARTS.map(literal).join(', ')}) THEN '''' ELSE '' END || ${kept}`
  return form.quote ? `'"' || replace(${safe}, '"', '""') || '"'` : `(${safe})`
}
