import type { Stage } from './stage'
import { putBillLayout } from '../layouts'

/** A layout of our own like WeChat's. `covers`: the payment methods that a bill must have all of. */
export async function wechatOwn(stage: Stage, covers?: string[]): Promise<void> {
  const layout = await stage.layouts.read('wechat-trade-all')
  await putBillLayout(stage.pool, { ...layout, code: 'wechat-own', ...(covers ? { covers } : {}) }, 'finance')
}

const HEADER =
  '交易时间,微信订单号,商户订单号,交易状态,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款状态,退款金额,充值券退款金额,手续费,订单金额,申请退款金额'
/** A bill with these rows: serial, state, yuan. */
export const wechatBill = (rows: [string, 'SUCCESS' | 'REFUND', string][], refundState = 'SUCCESS') => {
  const paid = rows
    .filter(([, state]) => state === 'SUCCESS')
    .reduce((sum, [, , yuan]) => sum + Number(yuan), 0)
    .toFixed(2)
  const lines = rows.map(([serial, state, yuan], i) =>
    state === 'SUCCESS'
      ? `\`2026-11-02 09:12:03,\`42${i},\`${serial},\`SUCCESS,\`${yuan},\`0.00,\`0,\`0,\`,\`0.00,\`0.00,\`0.00000,\`${yuan},\`0.00`
      : `\`2026-11-02 09:12:03,\`42${i},\`S1,\`REFUND,\`0.00,\`0.00,\`50${i},\`${serial},\`${refundState},\`${yuan},\`0.00,\`0.00000,\`0.00,\`${yuan}`,
  )
  const back = rows
    .filter(([, state]) => state === 'REFUND')
    .reduce((sum, [, , yuan]) => sum + Number(yuan), 0)
    .toFixed(2)
  return `\uFEFF${[HEADER, ...lines, '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额', `\`${rows.length}.0,\`${paid},\`${back},\`0.0,\`0.00,\`${paid},\`${back}`].join('\r\n')}\r\n`
}
