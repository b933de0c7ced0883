// Writes libs/contracts/src/code-tables/mccs.ts and regions.ts from the lists in libs/contracts/data/ (its README names the sources). Run it after a new list.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const firstColumns = (dir, names) =>
  names.flatMap((name) =>
    readFileSync(join(dir, name), 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(',')),
  )

/** Runs of numbers: "0742 0763 0780 3000-3299". */
function runs(codes, width) {
  const numbers = [...new Set(codes.map(Number))].sort((a, b) => a - b)
  const text = (n) => String(n).padStart(width, '0')
  const parts = []
  for (let i = 0; i < numbers.length;) {
    let j = i
    while (numbers[j + 1] === numbers[j] + 1) j++
    parts.push(j === i ? text(numbers[i]) : `${text(numbers[i])}-${text(numbers[j])}`)
    i = j + 1
  }
  const lines = []
  for (let i = 0; i < parts.length; i += 16) lines.push(`  '${parts.slice(i, i + 16).join(' ')}',`)
  return lines.join('\n')
}

export function mccsOf(dir) {
  const lists = readdirSync(dir).filter((name) => /_list\.csv$|^greggles/.test(name))
  const codes = firstColumns(dir, lists)
    .map(([code]) => code)
    .filter((code) => /^[0-9]{4}$/.test(code))
  for (const [from, to] of firstColumns(dir, ['iso18245_private_ranges.csv']))
    for (let code = Number(from); code <= Number(to); code++) codes.push(String(code).padStart(4, '0'))
  return codes
}

export function regionsOf(dir) {
  const files = ['cn_provinces.csv', 'cn_cities.csv', 'cn_areas.csv', 'cn_gbt2260_201607.csv']
  return firstColumns(dir, files)
    .map(([code]) => code.padEnd(6, '0'))
    .filter((code) => /^[0-9]{6}$/.test(code))
}

export const fileOf = (
  what,
  codes,
  width,
) => `/** Made by tools/data/make-code-tables.mjs from the lists in data/: ${what}, in runs. */
export const RUNS: readonly string[] = [
${runs(codes, width)}
]
`

const here = join(import.meta.dirname, '..', '..', 'libs', 'platform', 'contracts')
if (process.argv[1] === import.meta.filename) {
  const data = join(here, 'data')
  writeFileSync(join(here, 'src/code-tables/mccs.ts'), fileOf('merchant category codes that exist', mccsOf(data), 4))
  writeFileSync(join(here, 'src/code-tables/regions.ts'), fileOf('GB/T 2260 codes', regionsOf(data), 6))
}
