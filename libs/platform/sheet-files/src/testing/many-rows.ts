import type { Column } from '../columns'

/** Rows for measurements: 2 dates, 8 texts with Chinese, 5 amounts. `./lijian bench reports` and tests share them. */
export const MANY_COLUMNS: readonly Column[] = [
  { key: 'business_date', zh: '业务日期', en: 'business date', type: 'date' },
  { key: 'at', zh: '时间', en: 'at', type: 'instant' },
  { key: 'serial', zh: '流水号', en: 'serial', type: 'text', width: 24 },
  { key: 'merchant', zh: '商户号', en: 'merchant', type: 'text' },
  { key: 'merchant_name', zh: '商户名称', en: 'merchant name', type: 'text', width: 30 },
  { key: 'campaign', zh: '活动', en: 'campaign', type: 'text' },
  { key: 'offer_name', zh: '优惠', en: 'offer', type: 'text' },
  {
    key: 'event',
    zh: '类型',
    en: 'event',
    type: 'text',
    words: { capture: { zh: '支付', en: 'payment' }, refund: { zh: '退款', en: 'refund' } },
  },
  { key: 'method', zh: '支付方式', en: 'method', type: 'text' },
  { key: 'partner', zh: '合作方', en: 'partner', type: 'text' },
  { key: 'amount_fen', zh: '订单金额', en: 'amount', type: 'amount', currency: 'CNY' },
  { key: 'payable_fen', zh: '实付金额', en: 'payable', type: 'amount', currency: 'CNY' },
  { key: 'discount_fen', zh: '优惠金额', en: 'discount', type: 'amount', currency: 'CNY' },
  { key: 'fee_fen', zh: '手续费', en: 'fee', type: 'amount', currency: 'CNY' },
  { key: 'settle_fen', zh: '清算金额', en: 'settled', type: 'amount', currency: 'CNY' },
]

/** CREATE TABLE of rows with these columns, the same each time. */
export const manyRowsSql = (table: string, rows: number): string => `CREATE UNLOGGED TABLE ${table} AS SELECT
  date '2026-01-01' + (i % 300)::int AS business_date, timestamptz '2026-01-01 00:00+08' + i * interval '7 seconds' AS at,
  'S' || lpad(i::text, 19, '0') AS serial, 'shop-' || (i * 7919 % 5000) AS merchant,
  (ARRAY['沪上小馆', '好邻居便利店', '晨光文具', '天天鲜果超市', '老王面馆'])[1 + i % 5] || '（' || (i * 31 % 900) || '号店）' AS merchant_name,
  'campaign-' || (i % 40) AS campaign, '满100减15' AS offer_name, CASE WHEN i % 19 = 0 THEN 'refund' ELSE 'capture' END AS event,
  (ARRAY['wechat', 'alipay', 'unionpay', 'card'])[1 + i % 4] AS method, 'partner-' || (i % 25) AS partner,
  i * 7919 % 5000000 AS amount_fen, i * 104729 % 300000 AS payable_fen, i * 31 % 1500 AS discount_fen, i * 17 % 3000 AS fee_fen,
  -(i * 13 % 2000) AS settle_fen
FROM generate_series(1::bigint, ${rows}) i`

/** What one COPY of the same rows costs is the yardstick. */
export const bareCopySql = (table: string): string => `COPY (SELECT * FROM ${table}) TO STDOUT WITH (FORMAT csv)`
