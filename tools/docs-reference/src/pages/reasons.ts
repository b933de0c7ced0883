import { reasonWords } from '@lijian/cli'
import { REASONS } from '@lijian/contracts/marketing'
import { ROUTE_REASONS, type RouteReason } from '@lijian/contracts/routing'
import { code, page, table } from '../markdown'

/** What has failed, of what, and the words in Chinese. */
const ROUTE_WORDS: Record<RouteReason, { of: string; en: string; zh: string }> = {
  no_route: { of: 'payment', en: 'no route for this merchant, method and type', zh: '该商户、支付方式与类型没有路由' },
  suspended: { of: 'merchant, channel, MID, pool', en: 'stopped by a person or by card usage', zh: '已停用' },
  outside_hours: { of: 'channel, MID, pool', en: 'the payment is outside the service hours', zh: '不在服务时间' },
  amount_below_minimum: {
    of: 'channel, MID, pool',
    en: 'the amount is below `perTransaction.min`',
    zh: '金额低于下限',
  },
  amount_above_maximum: {
    of: 'channel, MID, pool',
    en: 'the amount is above `perTransaction.max`',
    zh: '金额高于上限',
  },
  success_rate: { of: 'pool', en: 'the success rate is below `minSuccess.ppm`', zh: '成功率过低' },
  credit_debit_difference: {
    of: 'pool',
    en: 'a debit payment would make credit − debit of the day less than `minCreditMinusDebit`',
    zh: '贷借差额不足',
  },
  credit_ratio: { of: 'pool', en: 'a credit payment would pass `maxCreditPpm` of the day', zh: '贷记占比过高' },
  excluded: { of: 'MID', en: 'an earlier attempt of this payment failed there', zh: '本次支付已在此失败' },
  merchant_not_allowed: {
    of: 'MID',
    en: '`allowedMerchants` has not this merchant (real-name)',
    zh: '一户一报，非本商户',
  },
  region: { of: 'MID', en: "the MID's region does not cover the payment's", zh: '地区不符' },
  industry: { of: 'MID', en: "the MID's MCC is another than the payment's", zh: '行业不符' },
  card_not_supported: { of: 'channel', en: "no row of the channel's `cards` fits", zh: '不支持该卡' },
  card_limit_exhausted: { of: 'channel, MID', en: 'this card has paid often enough today', zh: '该卡当日笔数已满' },
  limit_exhausted: { of: 'channel, MID, pool', en: 'the daily amount or count is used up', zh: '日限额已满' },
  deadline: { of: 'payment', en: 'the answer was not ready in time', zh: '超时' },
  unavailable: { of: 'payment', en: 'PostgreSQL does not answer and the MID counts something', zh: '系统不可用' },
}

export function reasonsPage(): string {
  const offers = REASONS.map((reason, i) => {
    const { en, zh } = reasonWords(reason)
    return [String(i + 1), code(reason), en, zh]
  })
  const routes = ROUTE_REASONS.map((reason, i) => {
    const { of, en, zh } = ROUTE_WORDS[reason]
    return [String(i + 1), code(reason), of, en, zh]
  })
  return page({
    title: 'Reasons',
    about:
      'Every reason for which an offer is not given or a MID is passed over, in the order in which they are tested.',
    source:
      '[reasons.ts](../../libs/platform/contracts/src/marketing/reasons.ts) and ' +
      '[routing.ts](../../libs/platform/contracts/src/routing/routing.ts)',
    blocks: [
      '## Of an offer',
      'The first test that fails is the reason. `open_holds`, `deadline` and `unavailable` concern the whole payment and name no offer.',
      table(['', 'Reason', 'English', '中文'], offers),
      '## Of a route',
      'A pool is tested as a whole first, then its MIDs one by one; [routing](../explanation/routing.md) has the order of both.',
      table(['', 'Reason', 'Of', 'English', '中文'], routes),
    ],
  })
}
