/**
 * The map of the code in both READMEs: one line per wing and one per package, from the first lines of the packages' own READMEs
 * (`# name`, `<!-- zh: Chinese sentence -->`, then a first sentence). `node tools/docs/map.mjs --write` writes it between its markers;
 * without `--write` it says what differs and ends with 1.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = process.env.LIJIAN_MAP_ROOT ?? join(import.meta.dirname, '..', '..')

/** Wings from the bottom up; a package sees its own wing and those above it in this list. Then what stands around them. */
const WINGS = [
  ['platform', 'knows no offer, no MID and no partner', '不认识优惠、交易号与合作方'],
  ['core', 'what offers, routes and money share; sees platform', '优惠、路由与资金共用；可见 platform'],
  [
    'marketing',
    'offers: rules, decisions, transactions; sees core, platform',
    '优惠：规则、决定、交易；可见 core、platform',
  ],
  ['routing', 'which MID carries a payment; sees marketing and below', '由哪个交易号承载支付；可见 marketing 及其下'],
  ['finance', 'clearing, partners, reconciliation; sees all below', '清算、合作方、对账；可见其下全部'],
]
/** What stands around the wings; its lines begin with the folder. */
const AROUND = ['apps', 'sdk', 'tools']

const faults = []

const nameOf = (folder) => folder.split('/').at(-1)

function packagesIn(folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, folder, entry.name, 'package.json')))
    .map((entry) => `${folder}/${entry.name}`)
    .sort()
}

function headOf(folder) {
  const file = `${folder}/README.md`
  const name = nameOf(folder)
  const text = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : ''
  const zh = /^<!-- zh: (.+) -->$/m.exec(text)?.[1]
  const paragraph = /^# (.+)\n(?:<!--.*-->\n)?\n((?:.+\n)+)/.exec(text)
  if (paragraph?.[1] !== name) faults.push(`${file}: the first line is "# ${name}"`)
  if (zh === undefined) faults.push(`${file}: the second line is "<!-- zh: one Chinese sentence -->"`)
  const sentence = /^[\s\S]*?[.?](?=\s)/
    .exec(paragraph?.[2] ?? '')?.[0]
    .replaceAll('\n', ' ')
    .replaceAll('`', '')
  if (sentence === undefined) faults.push(`${file}: the third line is empty, the fourth a sentence`)
  return { en: sentence ?? '', zh: zh ?? '' }
}

function lineOf(folder, name, language, indent = '  ') {
  const text = (indent + name).padEnd(23) + headOf(folder)[language]
  if ([...text].length > 120)
    faults.push(`${folder}/README.md: its sentence has ${[...text].length - 120} characters too many`)
  return text
}

function mapIn(language) {
  const at = language === 'en' ? 1 : 2
  const lines = []
  for (const wing of WINGS) {
    lines.push(`${wing[0].padEnd(23)}${wing[at]}`)
    for (const folder of packagesIn(`libs/${wing[0]}`)) lines.push(lineOf(folder, nameOf(folder), language))
    for (const folder of packagesIn(`workflows/${wing[0]}`)) lines.push(lineOf(folder, `↻ ${nameOf(folder)}`, language))
  }
  for (const folder of AROUND.flatMap(packagesIn)) lines.push(lineOf(folder, folder, language, ''))
  return ['```text', ...lines, '```'].join('\n')
}

const MARKED = /(<!-- map: .* -->\n)[\s\S]*?(\n<!-- end of map -->)/
let differs = false
for (const [file, language] of [
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
]) {
  const text = readFileSync(join(root, file), 'utf8')
  if (!MARKED.test(text)) faults.push(`${file}: the markers of the map are missing`)
  const wanted = text.replace(MARKED, (_, begin, end) => begin + mapIn(language) + end)
  if (process.argv.includes('--write')) writeFileSync(join(root, file), wanted)
  else if (wanted !== text) differs = true
}
for (const fault of new Set(faults)) console.error(fault)
if (differs) console.error('the map is out of date: node tools/docs/map.mjs --write')
process.exitCode = faults.length > 0 || differs ? 1 : 0
