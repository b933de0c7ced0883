import { BUSINESS_DATE, CURRENCY_CODE, amountColumn, textColumn } from '../columns'
import type { ReportDefinition, Section } from '../definition'
import { DETAIL_AMOUNTS, DETAIL_COLUMNS, DETAIL_KEYS, DETAIL_NOT_POSTED, details } from '../details'
import {
  CAMPAIGN,
  GIVEN,
  groups,
  LAST_OFFER_NAME,
  MERCHANT,
  MERCHANT_NAME,
  NET,
  NET_GIFTS,
  NOT_POSTED,
  OFFER,
  OFFER_NAME,
  RETURNED,
  type Figure,
} from '../figures'
import { merchantNames } from '../payments'
import { ledgerProofs } from '../proofs'

const net = (of: string): string => `coalesce(sum((${NET}) * ${of}), 0)::bigint`
/** The partner's shares, net, by how it pays: from its balance before, or collected afterwards. */
const BY_MODE: readonly Figure[] = [
  { column: amountColumn('prepaid', '先付款净额', 'Prepaid, net'), sql: net('prepaid') },
  { column: amountColumn('collectable', '后付款应收净额', 'To collect, net'), sql: net('postpaid') },
]
const figures = [...GIVEN, ...RETURNED, NET_GIFTS, ...BY_MODE, ...NOT_POSTED]

const merchants: Section = groups({
  section: 'merchants',
  zh: '按商户',
  en: 'Merchants',
  columns: [MERCHANT, MERCHANT_NAME, CURRENCY_CODE],
  by: ['merchant'],
  figures,
  more: ({ parameters }) => ({
    select: `, coalesce(m.name, '') AS merchant_name`,
    join: `LEFT JOIN (${merchantNames(parameters)}) m ON m.merchant = g.merchant`,
  }),
})

const days: Section = groups({
  section: 'days',
  zh: '按日',
  en: 'Days',
  columns: [BUSINESS_DATE, CURRENCY_CODE],
  by: ['date'],
  figures,
  charts: (rows) => [
    {
      kind: 'line',
      zh: '每日优惠净额',
      en: 'Offers per day, net',
      type: 'amount',
      categories: rows.map((row) => String(row['date'])),
      series: [
        { zh: '先付款', en: 'Prepaid', values: rows.map((row) => Number(row['prepaid'])) },
        { zh: '后付款', en: 'To collect', values: rows.map((row) => Number(row['collectable'])) },
      ],
    },
  ],
})

const campaigns: Section = groups({
  section: 'campaigns',
  zh: '按活动与优惠',
  en: 'Campaigns and offers',
  columns: [CAMPAIGN, OFFER, OFFER_NAME, CURRENCY_CODE],
  by: ['campaign', 'offer'],
  figures,
  aggregates: LAST_OFFER_NAME,
})

const posted = (mode: 'prepay' | 'postpay', zh: string, en: string): Section => ({
  section: mode,
  zh,
  en,
  columns: [...DETAIL_COLUMNS, ...DETAIL_AMOUNTS],
  keys: DETAIL_KEYS,
  sums: DETAIL_AMOUNTS.map(({ key }) => key),
  rows: (ask) => details(ask, { mode, events: `('capture', 'void', 'reversal', 'refund')` }),
})

const notPosted: Section = {
  section: 'not-posted',
  zh: '失败与未获资金明细',
  en: 'Failed and unfunded',
  columns: [...DETAIL_COLUMNS, textColumn('mode', '付款方式', 'Payment mode'), ...DETAIL_NOT_POSTED],
  keys: DETAIL_KEYS,
  sums: DETAIL_NOT_POSTED.map(({ key }) => key),
  rows: (ask) => details(ask, { events: `('failed', 'unfunded')` }),
}

/** 合作方交易报表: what a partner bears, by merchant, with serials for its bank. All gifts are its shares. */
export const partnerTransactionsReport: ReportDefinition = {
  kind: 'partner-transactions',
  zh: '合作方交易报表',
  en: `Partner's transactions`,
  scopes: ['finance', 'read.money'],
  needs: ['partner'],
  takes: ['merchant', 'campaign', 'offer', 'method', 'currency'],
  version: 2,
  basis: 'books',
  sections: [
    merchants,
    days,
    campaigns,
    posted('postpay', '后付款明细', 'To collect'),
    posted('prepay', '先付款明细', 'Prepaid'),
    notPosted,
  ],
  proofs: ({ parameters }) => ledgerProofs(parameters),
}
