import { DATE, Stage } from './testing/stage'
import { wechatBill as bill, wechatOwn } from './testing/wechat'
import { putBillLayout } from './layouts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())
beforeEach(() => stage.clear())

test.each(['SUCCESS', 'FAIL', 'PROCESSING', 'CHANGE', '', 'SOMETHING NEW'])(
  'a refund that is done here, and of which the bill says "%s": only SUCCESS is done',
  async (state) => {
    await stage.book({ serial: 'S1' })
    await stage.book({ serial: 'R1', event: 'refund', originalSerial: 'S1' })
    await stage.transaction('S1', 'confirmed')
    await wechatOwn(stage)
    const rows: [string, 'SUCCESS' | 'REFUND', string][] = [
      ['S1', 'SUCCESS', '85.00'],
      ['R1', 'REFUND', '85.00'],
    ]
    await stage.import('wechat-own', bill(rows, state))
    await stage.runs.run(DATE, DATE)
    expect(await stage.broken()).toEqual(state === 'SUCCESS' ? {} : { state_differs: ['R1'] })
    // Fetched again when it is done: the line goes on, and the difference with it. Never the other way.
    await stage.import('wechat-own', `${bill(rows)}\r\n`)
    await stage.runs.run(DATE, DATE)
    expect(await stage.broken()).toEqual({})
    const back = stage.import('wechat-own', `${bill(rows, 'FAIL')}\r\n`)
    await expect(back).rejects.toMatchObject({ code: 'file_refused' })
  },
)

test('a refund of another order with the same number is not taken for ours', async () => {
  await stage.book({ serial: 'S1' })
  await stage.book({ serial: '1', event: 'refund', originalSerial: 'S1' })
  const layout = await stage.layouts.read('wechat-trade-all')
  const key = ['交易状态', '商户订单号', '商户退款单号']
  await putBillLayout(stage.pool, { ...layout, code: 'wechat-own', key }, 'finance')
  const rows: [string, 'SUCCESS' | 'REFUND', string][] = [
    ['S1', 'SUCCESS', '85.00'],
    ['1', 'REFUND', '85.00'],
    ['1', 'REFUND', '85.00'],
  ]
  const both = bill(rows).split('\r\n')
  both[3] = both[3]!.replace('`S1,', '`S2,')
  await stage.import('wechat-own', both.join('\r\n'))
  await stage.runs.run(DATE, DATE)
  expect(await stage.broken()).toEqual({})
  expect((await stage.runs.list(DATE)).runs[0]).toMatchObject({ lines: 3, matchedLines: 2, outsideLines: 1 })
})
