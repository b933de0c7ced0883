import type { Reason } from './reasons'

export interface ReasonWords {
  readonly zh: string
  readonly en: string
}

const words = (zh: string, en: string): ReasonWords => ({ zh, en })

/** What people read for a reason: in explanations, on pages and in files. */
export const REASON_WORDS: Readonly<Record<Reason, ReasonWords>> = {
  not_approved: words('未批准', 'not approved'),
  suspended: words('已暂停', 'suspended'),
  currency: words('币种不符', 'another currency'),
  not_started: words('活动未开始', 'not started'),
  ended: words('活动已结束', 'ended'),
  outside_hours: words('不在活动时段', 'outside its hours'),
  excluded_weekday: words('非活动星期', 'not on this weekday'),
  excluded_date: words('非活动日期', 'not on this date'),
  merchant_not_bound: words('非活动商户', 'merchant not in it'),
  payment_method: words('支付方式不符', 'payment method'),
  card_type: words('卡类型不符', 'card type'),
  card_product: words('卡产品不符', 'card product'),
  card_region: words('境内外卡不符', 'card region'),
  scheme: words('卡组织不符', 'card scheme'),
  issuer: words('发卡行不符', 'issuer'),
  pin_free: words('双免不符', 'PIN-free or not'),
  bin: words('卡 BIN 不符', 'BIN'),
  terminal: words('非活动终端', 'terminal'),
  mcc: words('商户类别不符', 'merchant category'),
  country: words('国家不符', 'country'),
  region: words('地区不符', 'region'),
  blacklisted: words('黑名单', 'blacklisted'),
  not_whitelisted: words('不在白名单', 'not whitelisted'),
  customer_group: words('非目标客群', 'customer group'),
  facts_missing: words('前提条件未声明', 'precondition not stated'),
  blocked_after_refund: words('退货后停用', 'blocked after a refund'),
  amount_below_minimum: words('金额不足', 'amount below the minimum'),
  amount_above_maximum: words('金额超上限', 'amount above the maximum'),
  exclusive: words('与其他活动互斥', 'exclusive'),
  no_benefit: words('优惠为零', 'no benefit'),
  not_best: words('有更优活动', 'another one was better'),
  limit_key_missing: words('缺少限额要素', 'nothing to count it by'),
  limit_exhausted: words('限额已满', 'limit used up'),
  budget_exhausted: words('预算用完', 'budget used up'),
  funds_exhausted: words('出资方余额不足', 'funds used up'),
  open_holds: words('接入方占用笔数已满', 'the client holds as many as it may'),
  deadline: words('超时', 'deadline'),
  unavailable: words('系统不可用', 'unavailable'),
}
