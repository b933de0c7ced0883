// Writes campaigns/example-payments/birmingham.ndjson.gz and birmingham-merchants.json from the purchase-card payments of Birmingham City Council
// 2013-2018 (Open Government Licence v3.0): `node tools/data/make-birmingham-payments.mjs birmingham_purchase_cards_2013_2018.csv.gz`.
// What is kept, guessed and left out stands in campaigns/example-payments/README.md; the counts are printed.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'

const SEED = 'lijian birmingham'
const HOUR_S = 3600
const count = {}
const add = (what, n = 1) => (count[what] = (count[what] ?? 0) + n)

/** seq,date,card_last4,merchant_name,orig_amount_minor,orig_currency,billing,vat_code,expense_code,expense_desc,directorate,source_file */
function fieldsOf(line) {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, text]) =>
    text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text,
  )
}

/** The months of the source overlap: of rows that are alike in every column, as many stay as the file with most of them has. */
function withoutOverlap(rows) {
  const most = new Map()
  const seen = new Map()
  for (const row of rows) {
    const inFile = `${row.alike}\n${row.file}`
    row.nth = (seen.get(inFile) ?? 0) + 1
    seen.set(inFile, row.nth)
    most.set(row.alike, Math.max(most.get(row.alike) ?? 0, row.nth))
  }
  const taken = new Map()
  return rows.filter(({ alike }) => {
    const n = (taken.get(alike) ?? 0) + 1
    taken.set(alike, n)
    return n <= most.get(alike)
  })
}

const idOf = (name) =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, 64)

/** The source has dates only: payments from 08:00 to 20:00, refunds from 20:00 to 22:00, to the minute, by a hash of the row's number. */
function secondOf({ seq, amount }) {
  const random = createHash('sha256').update(`${SEED} ${seq}`).digest().readUInt32BE() / 2 ** 32
  const [from, hours] = amount > 0 ? [8, 12] : [20, 2]
  return from * HOUR_S + Math.floor(random * hours * 60) * 60
}
const two = (n) => String(n).padStart(2, '0')
const atOf = ({ date, second }) =>
  `${date}T${two(Math.floor(second / HOUR_S))}:${two(Math.floor(second / 60) % 60)}:00+08:00`

const rows = gunzipSync(readFileSync(process.argv[2]))
  .toString('utf8')
  .split(/\r?\n/)
  .slice(1)
  .filter((line) => line !== '')
  .map((line) => {
    const fields = fieldsOf(line)
    const [seq, date, last4, name, amount, currency, , , , booked] = fields
    const alike = fields.slice(1, 11).join('\n')
    return { seq: Number(seq), date, last4, name, amount: Number(amount), currency, booked, alike, file: fields[11] }
  })
add('rows of the source', rows.length)
const once = withoutOverlap(rows)
add('left out: the same row in the file of another month', rows.length - once.length)
const kept = once.filter((row) => row.currency === 'GBP' && idOf(row.name) !== '' && row.last4.length === 4)
add('left out: another currency than GBP, or no merchant', once.length - kept.length)
for (const row of kept) row.second = secondOf(row)
kept.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.second - b.second || a.seq - b.seq))

const lines = []
const open = new Map()
for (const row of kept) {
  const serial = `B${row.seq}`
  const merchant = idOf(row.name)
  const key = `${merchant} ${row.last4}`
  if (row.amount > 0) {
    const card = { token: `birmingham-card-${row.last4}` }
    lines.push({ serial, merchant, amount: row.amount, paymentMethod: 'swipe', card, at: atOf(row) })
    if (!open.has(key)) open.set(key, [])
    open.get(key).push({ serial, left: row.amount })
    add('payments')
    continue
  }
  // The same amount is likelier the one that was returned than a larger one; of several, the latest.
  const earlier = open.get(key) ?? []
  const of = earlier.findLast(({ left }) => left === -row.amount) ?? earlier.findLast(({ left }) => left > -row.amount)
  if (of === undefined) {
    add('left out: refunds without an earlier payment of that size at the merchant with the card')
    continue
  }
  of.left += row.amount
  lines.push({ event: 'refund', originalSerial: of.serial, serial, amount: -row.amount, at: atOf(row) })
  add('refunds')
}

/** By the name, in this order; `booked` is asked for what no name says: nine in ten of its payments, and at least five, booked as vehicle fuel. */
const MCC_BY_NAME = [
  ['5541', /petrol|\bpfs\b|f\/stn|filling|service stn|^(bp|shell|esso|texaco|rontec|murco)\b/],
  ['7011', /^(travelodge|premier inn|holiday inn|ibis|novotel|hilton|jurys inn|premierinn)/],
  ['5411', /^(asda|tesco|sainsbury|js online|morrison|wm morrison|aldi|lidl|waitrose|iceland|co-op group food)/],
  ['5814', /^(mcdonalds|burger king|kfc|subway|greggs|starbucks|costa)\b/],
  ['4112', /^(west coast trains|virgin trains|london midland|crosscountry|trainline|the trainline|chiltern rail)/],
  ['9402', /^post office/],
]
const byMerchant = new Map()
for (const { name, amount, booked } of kept) {
  if (amount < 0) continue
  const one = byMerchant.get(idOf(name)) ?? { name, payments: 0, fuel: 0 }
  one.payments += 1
  if (booked === 'Vehicle Fuel') one.fuel += 1
  byMerchant.set(idOf(name), one)
}
const mccOf = ({ name, payments, fuel }) =>
  MCC_BY_NAME.find(([, pattern]) => pattern.test(name.toLowerCase()))?.[0] ??
  (payments >= 5 && fuel >= 0.9 * payments ? '5541' : undefined)
const merchants = [...byMerchant]
  .map(([id, one]) => ({ id, name: one.name, mcc: mccOf(one), country: 'GB', payments: one.payments }))
  .filter(({ mcc }) => mcc !== undefined)
  .sort((a, b) => (a.id < b.id ? -1 : 1))
add('merchants', byMerchant.size)
add('merchants whose MCC is guessed', merchants.length)
add('payments at them', merchants.reduce((sum, { payments }) => sum + payments, 0)) // prettier-ignore
add('cards', new Set(kept.map(({ last4 }) => last4)).size)

const folder = join(import.meta.dirname, '../../campaigns/example-payments')
const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
const packed = gzipSync(text, { level: 9 })
writeFileSync(join(folder, 'birmingham.ndjson.gz'), packed)
const documents = merchants.map(({ payments: _, ...merchant }) => JSON.stringify(merchant))
writeFileSync(join(folder, 'birmingham-merchants.json'), `[\n${documents.join(',\n')}\n]\n`)
for (const [what, n] of Object.entries(count)) console.log(`${n.toLocaleString('en').padStart(9)}  ${what}`)
console.log(
  `${lines.length} lines, ${text.length} bytes, ${packed.length} packed; ${kept[0].date} to ${kept.at(-1).date}`,
)
