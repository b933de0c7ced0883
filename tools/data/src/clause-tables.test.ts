import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CAMPAIGNS, folderNames, openFolder } from './folders'

const SAID = ['exactly', 'by a fact', 'unpublished', 'nothing to decide', 'conduct', '**not said**']
const text = readFileSync(join(CAMPAIGNS, 'in-the-wild', 'README.md'), 'utf8')
const sections = new Map(
  text
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section] as const),
)
const names = folderNames('in-the-wild')

interface Row {
  clause: string
  said: string
  where: string
}
const rowsOf = (name: string): Row[] =>
  (sections.get(name) ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .map(([, clause, said, where]) => ({ clause: clause!, said: said!, where: where! }))

test('every campaign has its table, and every table its campaign', () => expect([...sections.keys()]).toEqual(names))

test.each(names)('%s: each clause has a verdict, and what a row names stands in the document', (name) => {
  const document = JSON.stringify(openFolder('in-the-wild', name).documents)
  const rows = rowsOf(name)
  expect(rows.length).toBeGreaterThanOrEqual(5)
  for (const { clause, said, where } of rows) {
    expect(SAID).toContain(said)
    const named = [...where.matchAll(/`([^`]+)`/g)].map(([, token]) => token!)
    expect({ clause, absent: named.filter((token) => !document.includes(`"${token}"`)) }).toEqual({
      clause,
      absent: [],
    })
    if (said === 'exactly') expect({ clause, named: named.length > 0 }).toEqual({ clause, named: true })
    if (said === 'by a fact') expect(where).toMatch(/`|eligibleAmount/)
  }
})

test.each(names)('%s: every fact that the document asks for stands in its table', (name) => {
  const facts = openFolder('in-the-wild', name).documents.flatMap(({ offers }) =>
    offers.flatMap(({ rule }) => rule.conditions?.facts ?? []),
  )
  const section = sections.get(name) ?? ''
  // 23 names the first and the last of its nine factors.
  const absent = facts.filter((fact) => !section.includes(`\`${fact}\``) && !/^factor_[3-9]$/.test(fact))
  expect(absent).toEqual([])
})

test('the count of campaigns that say everything is that of the tables, and at least 25', () => {
  const whole = names.filter((name) => rowsOf(name).every(({ said }) => said !== '**not said**'))
  expect(text).toContain(`**${whole.length} of ${names.length}** say every clause`)
  expect(whole.length).toBeGreaterThanOrEqual(25)
})
