import type { Schemas } from '../../api/client'
import { words, type Words } from '../../texts'
import { CAMPAIGN, CLIENT, CURRENCY, MERCHANT, PARTNER } from '../../lists/heads'

export type Parameter = Exclude<keyof Schemas['ReportParameters'], 'from' | 'to'>

/** What reports may be asked for beside their dates. */
export const PARAMETERS: Readonly<Record<Parameter, Words>> = {
  partner: PARTNER,
  merchant: MERCHANT,
  campaign: CAMPAIGN,
  offer: words('子活动', 'Offer'),
  method: words('支付方式', 'Payment method'),
  client: CLIENT,
  source: words('账单来源', 'Source of bills'),
  currency: CURRENCY,
}
