// Writes libs/warnings/src/code-issuers.ts: the bank codes that the BIN table can give a payment (libs/privacy/data, its README names the sources).
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const table = readFileSync(join(import.meta.dirname, '../../libs/privacy/data/cn_bin_merged.csv'), 'utf8')
const rows = table.trim().split(/\r?\n/).slice(1)
const codes = [...new Set(rows.map((row) => row.split(',')[3]))].filter(Boolean).sort()
const lines = []
for (let i = 0; i < codes.length; i += 14) lines.push(`  '${codes.slice(i, i + 14).join(' ')}',`)
writeFileSync(
  join(import.meta.dirname, '../../libs/warnings/src/code-issuers.ts'),
  `// Made by tools/data/make-issuers.mjs from the BIN table; do not edit.
// prettier-ignore
export const BIN_TABLE_ISSUERS: readonly string[] = [
${lines.join('\n')}
].flatMap((line) => line.split(' '))
`,
)
