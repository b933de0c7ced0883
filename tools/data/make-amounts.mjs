// Writes libs/warnings/src/amounts-birmingham.ts: the purchase-card payments of Birmingham City Council 2013-2018 (Open Government Licence v3.0) as 200
// slices of equal weight. `node tools/data/make-amounts.mjs birmingham_purchase_cards_2013_2018.csv.gz`; no row is shipped.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const SLICES = 200
// The amount stands behind the merchant's name, which may be quoted and hold commas.
const ROW = /^\d+,[^,]*,[^,]*,(?:"(?:[^"]|"")*"|[^",]*),(-?\d+),GBP,/
const amounts = gunzipSync(readFileSync(process.argv[2]))
  .toString('utf8')
  .split(/\r?\n/)
  .map((line) => Number(ROW.exec(line)?.[1] ?? 0))
  .filter((amount) => amount > 0)
  .sort((a, b) => a - b)
const medians = Array.from({ length: SLICES }, (_, i) => amounts[Math.floor(((i + 0.5) * amounts.length) / SLICES)])
const lines = []
for (let i = 0; i < SLICES; i += 20) lines.push(`  ${medians.slice(i, i + 20).join(', ')},`)
writeFileSync(
  join(import.meta.dirname, '../../libs/warnings/src/amounts-birmingham.ts'),
  `// Made by tools/data/make-amounts.mjs from ${amounts.length} positive GBP amounts; do not edit. Contains public sector information of Birmingham City
// Council licensed under the Open Government Licence v3.0. The median of each of ${SLICES} slices with as many payments each, in pence.
// prettier-ignore
export const BIRMINGHAM_MEDIANS: readonly number[] = [
${lines.join('\n')}
]
`,
)
