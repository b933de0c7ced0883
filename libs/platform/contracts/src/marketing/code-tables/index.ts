import { RUNS as MCC_RUNS } from './mccs'
import { RUNS as REGION_RUNS } from './regions'

function codesOf(runs: readonly string[]): ReadonlySet<string> {
  const codes = new Set<string>()
  for (const run of runs.flatMap((line) => line.split(' '))) {
    const [from, to = from] = run.split('-') as [string, string?]
    for (let code = Number(from); code <= Number(to); code++) codes.add(String(code).padStart(from.length, '0'))
  }
  return codes
}

let mccs: ReadonlySet<string> | undefined
let regions: ReadonlySet<string> | undefined

/** A merchant category code that ISO 18245 or one of the schemes' lists has. */
export function isMcc(code: string): boolean {
  return (mccs ??= codesOf(MCC_RUNS)).has(code)
}

/** A province, city or district of GB/T 2260, present or abolished since 2016; trailing zeros may be left out. */
export function isRegion(code: string): boolean {
  return /^([0-9]{2}){1,3}$/.test(code) && (regions ??= codesOf(REGION_RUNS)).has(code.padEnd(6, '0'))
}

/** What the codes of a region and of all its subdivisions begin with: 440300 → 4403, 440000 → 44, 440305 → 440305. */
export function regionPrefix(code: string): string {
  return code.replace(/(00)+$/, '')
}
