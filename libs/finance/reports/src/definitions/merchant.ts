import { BUSINESS_DATE, CURRENCY_CODE, integerColumn, textColumn } from '../columns'
import type { ReportDefinition, Section } from '../definition'
import { DETAIL_AMOUNTS, DETAIL_COLUMNS, DETAIL_KEYS, DETAIL_NOT_POSTED, details } from '../details'
import {
  bars,
  CAMPAIGN,
  GIVEN,
  groups,
  LAST_OFFER_NAME,
  MERCHANT,
  MERCHANT_NAME,
  METHOD,
  NET_GIFTS,
  NOT_POSTED,
  OFFER,
  OFFER_NAME,
  RETURNED,
} from '../figures'
import { campaignCounts, merchantNames } from '../payments'
import { ledgerProofs } from '../proofs'

const figures = [...GIVEN, ...RETURNED, NET_GIFTS, ...NOT_POSTED]
const [, AMOUNT] = GIVEN as [unknown, (typeof GIVEN)[number]]
const took = `FILTER (WHERE event = 'capture')`
const named = `, coalesce(m.name, '') AS merchant_name`

const days: Section = groups({
  section: 'days',
  zh: '按日',
  en: 'Days',
  columns: [
    BUSINESS_DATE,
    CURRENCY_CODE,
    integerColumn('merchants', '参与商户数', 'Merchants'),
    integerColumn('campaigns', '活动数', 'Campaigns'),
  ],
  by: ['date'],
  figures,
  aggregates: { sql: `, count(*) ${took} AS merchants`, apart: ['merchant'] },
  more: (ask) => ({
    select: ', coalesce(c.campaigns, 0) AS campaigns',
    join: `LEFT JOIN (${campaignCounts(ask, 'date')}) c ON c.date = g.date AND c.currency = g.currency`,
  }),
  charts: (rows) => [
    {
      kind: 'line',
      zh: '每日优惠净额',
      en: 'Offers per day, net',
      type: 'amount',
      categories: rows.map((row) => String(row['date'])),
      series: [{ zh: '优惠净额', en: 'Offers, net', values: rows.map((row) => Number(row['net'])) }],
    },
  ],
})

const merchants: Section = groups({
  section: 'merchants',
  zh: '按商户',
  en: 'Merchants',
  columns: [
    MERCHANT,
    MERCHANT_NAME,
    textColumn('region', '地区', 'Region'),
    CURRENCY_CODE,
    integerColumn('days', '参与天数', 'Days'),
    integerColumn('campaigns', '活动数', 'Campaigns'),
  ],
  by: ['merchant'],
  figures,
  compared: true,
  aggregates: { sql: `, count(*) ${took} AS days`, apart: ['date'] },
  more: (ask) => ({
    select: `${named}, coalesce(m.region, '') AS region, coalesce(c.campaigns, 0) AS campaigns`,
    join: `LEFT JOIN (${merchantNames(ask.parameters)}) m ON m.merchant = g.merchant
      LEFT JOIN (${campaignCounts(ask, 'merchant')}) c ON c.merchant = g.merchant AND c.currency = g.currency`,
  }),
  charts: bars('merchant', AMOUNT, '交易金额前十商户', 'Merchants by amount'),
})

const merchantDays: Section = groups({
  section: 'merchant-days',
  zh: '商户按日',
  en: 'Merchants by day',
  columns: [BUSINESS_DATE, MERCHANT, MERCHANT_NAME, CURRENCY_CODE],
  by: ['date', 'merchant'],
  figures,
  more: (ask) => ({ select: named, join: `LEFT JOIN (${merchantNames(ask.parameters)}) m ON m.merchant = g.merchant` }),
})

const campaigns: Section = groups({
  section: 'campaigns',
  zh: '按活动',
  en: 'Campaigns',
  columns: [CAMPAIGN, CURRENCY_CODE, integerColumn('merchants', '参与商户数', 'Merchants')],
  by: ['campaign'],
  figures,
  compared: true,
  aggregates: { sql: `, count(*) ${took} AS merchants`, apart: ['merchant'] },
  charts: bars('campaign', AMOUNT, '交易金额前十活动', 'Campaigns by amount'),
})

const offers: Section = groups({
  section: 'offers',
  zh: '按优惠',
  en: 'Offers',
  columns: [CAMPAIGN, OFFER, OFFER_NAME, CURRENCY_CODE],
  by: ['campaign', 'offer'],
  figures,
  compared: true,
  aggregates: LAST_OFFER_NAME,
})

const methods: Section = groups({
  section: 'methods',
  zh: '按支付方式',
  en: 'Methods',
  columns: [METHOD, CURRENCY_CODE],
  by: ['method'],
  figures,
  compared: true,
})

const partners: Section = groups({
  section: 'partners',
  zh: '按合作方',
  en: 'Partners',
  columns: [textColumn('partner', '合作方', 'Partner'), CURRENCY_CODE],
  by: ['partner'],
  figures,
  compared: true,
})

const detailed: Section = {
  section: 'details',
  zh: '明细',
  en: 'Details',
  columns: [...DETAIL_COLUMNS, ...DETAIL_AMOUNTS, ...DETAIL_NOT_POSTED],
  keys: DETAIL_KEYS,
  sums: [...DETAIL_AMOUNTS, ...DETAIL_NOT_POSTED].map(({ key }) => key),
  rows: (ask) => details(ask),
}

/** 商户报表: what merchants took part in, and what they and their customers got. With a partner, gifts are its shares. */
export const merchantReport: ReportDefinition = {
  kind: 'merchant',
  zh: '商户报表',
  en: 'Merchants',
  scopes: ['finance', 'read.clearing'],
  needs: [],
  takes: ['merchant', 'partner', 'campaign', 'offer', 'method', 'currency'],
  version: 3,
  basis: 'books',
  sections: [days, merchants, merchantDays, campaigns, offers, methods, partners, detailed],
  proofs: ({ parameters }) => ledgerProofs(parameters),
}
