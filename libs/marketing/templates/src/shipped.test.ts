import { parseCampaign } from '@lijian/contracts/marketing'
import { canonicalJson } from '@lijian/contracts/system'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { templateErrors } from './check-template'
import { makeCampaign } from './make-campaign'
import { shippedTemplates } from './shipped'

const SEEDS = join(__dirname, '..', '..', '..', '..', 'campaigns', 'seeds')
const seeds = readdirSync(SEEDS)
  .sort()
  .map(
    (folder) =>
      JSON.parse(readFileSync(join(SEEDS, folder, 'campaign.json'), 'utf8')) as { code: string; name: string },
  )
const templates = new Map(shippedTemplates().map((template) => [template.code, template]))

test('each seed is a template, and nothing else is shipped', () => {
  expect(seeds).toHaveLength(19)
  expect([...templates.keys()].sort()).toEqual(seeds.map(({ code }) => code).sort())
})

test.each(seeds.map((seed) => [seed.code, seed] as const))(
  '%s without parameters is its seed, byte for byte',
  (code, seed) => {
    const template = templates.get(code)!
    const made = makeCampaign(template, { code: template.campaignCode, parameters: {} })
    if (!made.ok) throw new Error(JSON.stringify(made.errors))
    expect(canonicalJson(made.document)).toBe(canonicalJson(seed))
    const parsed = parseCampaign(seed)
    expect(canonicalJson(parsed.ok && made.campaign)).toBe(canonicalJson(parsed.ok && parsed.campaign))
  },
)

test.each([...templates])('%s has no fault of its own, and says every parameter in both languages', (_, template) => {
  expect(templateErrors(template)).toEqual([])
  const said = template.sentences.map(({ en }) => en).join(' ')
  const saidZh = template.sentences.map((sentence) => sentence['zh-CN']).join(' ')
  for (const name of Object.keys(template.parameters.properties)) {
    expect(said).toMatch(new RegExp(`\\{${name}[|}]`))
    expect(saidZh).toMatch(new RegExp(`\\{${name}[|}]`))
  }
})

const sentencesOf = (code: string, parameters: Record<string, string | number | string[]>) => {
  const made = makeCampaign(templates.get(code)!, { code: 'C-1', parameters })
  if (!made.ok) throw new Error(JSON.stringify(made.errors))
  return [made.campaign.name, ...made.sentences.flatMap((sentence) => [sentence.en, sentence['zh-CN']])]
}

test('sentences say yuan, per cent and dates as people do', () => {
  expect(
    sentencesOf('PERCENT-CAP-50', {
      pay: 855_000,
      cap: 1_234_550,
      to: '2026-12-31',
      merchants: ['M-1'],
      paymentMode: 'prepay',
      budgetCount: 10_000,
    }),
  ).toEqual([
    '消费即8.55折,最高优惠12345.5元',
    'The customer pays 85.5% of the price.',
    '消费享8.55折。',
    'At most 12,345.50 yuan off.',
    '单笔最高优惠12345.5元。',
    'At most 10,000 uses in all.',
    '总次数不超过10000次。',
    'At M-1.',
    '适用商户:M-1。',
    'From 1 January 2026 on.',
    '自2026年1月1日起。',
    'Until 31 December 2026, that day included.',
    '至2026年12月31日止(含当日)。',
    'BANK pays in advance, every month.',
    '由BANK出资,先付款,按月结算。',
  ])
  expect(sentencesOf('REDUCE-15', {})).not.toContainEqual(expect.stringContaining('Until'))
  const many = Array.from({ length: 12 }, (_, i) => `M-${i}`)
  expect(sentencesOf('REDUCE-15', { merchants: many })).toContainEqual(expect.stringMatching(/M-9 and 2 more\.$/))
})
