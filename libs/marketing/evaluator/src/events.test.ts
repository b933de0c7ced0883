import { parseCampaign, type EventLine, type PaymentLine } from '@lijian/contracts/marketing'
import { Evaluator } from './evaluator'

const REBATE = {
  code: 'C',
  name: 'n',
  timeZone: 'Asia/Shanghai',
  from: '2026-01-01',
  paymentMode: 'postpay',
  funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
  offers: [
    {
      code: 'C-1',
      name: 'back later',
      kind: 'amount',
      delivery: 'rebate',
      rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 0, off: 500 }] } },
    },
  ],
}

function evaluator(): Evaluator {
  const parsed = parseCampaign(REBATE)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return new Evaluator({ campaigns: [parsed.campaign] })
}
const AT = '2026-03-01T12:00:00+08:00'
const pay = (serial: string, amount = 10_000): PaymentLine => ({
  serial,
  merchant: 'M1',
  amount,
  currency: 'CNY',
  paymentMethod: 'qr',
  at: AT,
})
const undo = (event: 'void' | 'reversal', originalSerial: string): EventLine => ({
  event,
  originalSerial,
  serial: `R-${originalSerial}`,
  at: AT,
})

test.each(['void', 'reversal'] as const)('%s: a rebate that is taken back stands only among the offers', (event) => {
  const file = evaluator()
  expect(file.line(pay('A'))).toMatchObject({ state: 'confirmed', payable: 10_000, rebate: 500 })
  const answer = file.line(undo(event, 'A'))
  expect(answer).toMatchObject({ payable: 10_000, discount: 0, offers: [{ code: 'C-1', discount: 500 }] })
  expect(answer).not.toHaveProperty('rebate')
})

test('a payment that comes after its own reversal gets nothing, and binds its serial as any other', () => {
  const file = evaluator()
  expect(file.line(undo('reversal', 'A'))).toMatchObject({ state: 'refused', reason: 'unknown_original' })
  expect(file.line(pay('A'))).toMatchObject({ state: 'no_offer', payable: 10_000 })
  expect(file.line(pay('A'))).toMatchObject({ state: 'no_offer' })
  expect(file.line(pay('A', 9_999))).toMatchObject({ state: 'error', error: 'serial_reused' })
})
