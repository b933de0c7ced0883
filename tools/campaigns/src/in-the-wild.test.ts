import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCampaign, type CardGroup, type CustomerGroup, type Merchant } from '@lijian/contracts'
import { Evaluator } from '@lijian/offline'
import { runCases, type CaseFile } from './cases'

const folder = join(__dirname, '..', '..', '..', 'campaigns', 'in-the-wild')
const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(folder, ...path), 'utf8')) as T
const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name) // prettier-ignore

function evaluatorOf(name: string): Evaluator {
  const parsed = parseCampaign(read(name, 'campaign.json'))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return new Evaluator({
    campaigns: [parsed.campaign],
    merchants: read<Merchant[]>('merchants.json'),
    cardGroups: read<CardGroup[]>('card-groups.json'),
    customerGroups: read<CustomerGroup[]>('customer-groups.json'),
    explain: true,
  })
}

test.each(names)('%s', (name) => {
  const file = read<CaseFile>(name, 'cases.json')
  expect(file.cases.length).toBeGreaterThan(5)
  expect(runCases(evaluatorOf(name), file)).toEqual([])
})

test('a case that expects the wrong thing fails', () => {
  const [name] = names as [string]
  const { payment } = read<CaseFile>(name, 'cases.json')
  const wrong = runCases(evaluatorOf(name), {
    payment,
    cases: [
      ['one fen too much', {}, 10_001],
      ['a reason', {}, 'bin'],
    ],
  })
  expect(wrong).toHaveLength(2)
})
