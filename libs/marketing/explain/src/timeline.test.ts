import { timelineOf } from './timeline'
import type { Story } from './types'

const STORY: Story = {
  ...{ state: 'partially_refunded', createdAt: '2026-12-02T06:00:00.000Z', updatedAt: '2026-12-02T07:00:00.000Z' },
  ...{ holdExpiresAt: null, businessDate: '2026-12-02', payableFen: 8500, amountFen: 10_000, currency: 'CNY' },
  ...{ fee: { original: 60, final: 51, saved: 9 }, offers: [], released: [], emptyBecause: null, result: null },
  ...{ learnt: [], undone: [], cases: [] },
}
const told = (undone: Story['undone']) => timelineOf({ ...STORY, undone }).map(({ text }) => text)

test('every refund stands in the story with its amount, and one that is not done says so', () => {
  const at = '2026-12-02T08:00:00.000Z'
  const texts = told([
    { kind: 'refund', serial: 'R1', isDone: true, amountFen: 5000, at },
    { kind: 'refund', serial: 'R2', isDone: true, amountFen: 2550, at },
    { kind: 'refund', serial: 'R3', isDone: false, amountFen: 100, at },
  ])
  expect(texts).toEqual(
    expect.arrayContaining([
      { en: 'refunded 50.00 by R1', 'zh-CN': '退款 50.00,流水号 R1' },
      { en: 'refunded 25.50 by R2', 'zh-CN': '退款 25.50,流水号 R2' },
      { en: 'a refund of 1.00 was asked for by R3: not done', 'zh-CN': '申请退款 1.00,流水号 R3:未完成' },
    ]),
  )
  expect(JSON.stringify(texts)).not.toMatch(/undone|冲正|取消/)
})

test('a reversal and a void undo it whole', () => {
  expect(told([{ kind: 'void', serial: 'V1', isDone: true, amountFen: 10_000, at: STORY.updatedAt }])).toContainEqual({
    en: 'undone by the void V1',
    'zh-CN': '已被撤销 V1 取消',
  })
})
