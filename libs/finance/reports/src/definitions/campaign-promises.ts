import type { ReportColumn } from '@lijian/contracts/finance'
import { readable } from '@lijian/contracts/text'
import { amountColumn, CURRENCY_CODE, dateColumn, integerColumn, textColumn } from '../columns'
import type { Ask, Section } from '../definition'
import { dateOf } from '../instants'
import { CURRENCY, equals, inDates, literal, PAYMENT_EVENTS, where } from '../sql'

const said = (zh: string, en: string) => ({ zh, en })
const BACKTEST: ReportColumn = {
  ...textColumn('backtest', '回测', 'Back-test'),
  words: {
    kept: said('批准前已回测', 'before the approval'),
    late: said('批准后才回测', 'only after the approval'),
    none: said('无回测', 'none'),
  },
}

/** A figure three times: promised, actual, difference. */
const figure = (make: typeof integerColumn, key: string, zh: string, en: string): ReportColumn[] => [
  make(`${key}_promised`, `${zh}（承诺）`, `${en}, promised`),
  make(key, `${zh}（实际）`, `${en}, actual`),
  make(`${key}_difference`, `${zh}（差异）`, `${en}, difference`),
]
const FIGURES = ['uses', 'amount', 'average', 'cost', 'net', 'cost_per_use']

const about = ({ parameters: { campaign = '', offer } }: Ask) => ({ campaign, offer })

/** What each version of the campaign gave and took back in the dates. */
function givenBy(ask: Ask): string {
  const { campaign, offer } = about(ask)
  const mine = where(equals(`o ->> 'campaign'`, campaign), equals(`o ->> 'code'`, offer))
  return `
  SELECT version, currency, count(*) FILTER (WHERE event = 'capture')::bigint AS uses,
    coalesce(sum(amount) FILTER (WHERE event = 'capture'), 0)::bigint AS amount, coalesce(sum(cost) FILTER (WHERE event = 'capture'), 0)::bigint AS cost,
    coalesce(sum(CASE WHEN event = 'capture' THEN cost ELSE -cost END), 0)::bigint AS net
  FROM (
    SELECT j.event, ${CURRENCY} AS currency, (j.detail ->> 'amountFen')::bigint AS amount, g.version, g.cost
    FROM journal j CROSS JOIN LATERAL (
      SELECT (o ->> 'version')::integer AS version, sum((o ->> 'discountFen')::bigint)::bigint AS cost
      FROM jsonb_array_elements(j.detail -> 'offers') o WHERE ${mine} AND o ->> 'version' IS NOT NULL GROUP BY 1) g
    WHERE ${inDates('j.business_date', ask.parameters)} AND j.event IN ${PAYMENT_EVENTS}
  ) e GROUP BY version, currency`
}

/** Versions that were approved, with the dates on which they were in force within those of the report, and what their back-test promised. */
function versionsOf(ask: Ask): string {
  const { campaign, offer } = about(ask)
  const { from, to } = ask.parameters
  const ofOffer = `(SELECT o FROM jsonb_array_elements(b.summary -> 'offers') o WHERE o ->> 'offer' = ${literal(offer ?? '')} LIMIT 1)`
  const promised = offer === undefined ? 'b.summary' : ofOffer
  return `
  SELECT v.version, v.first, v.last, (v.last - v.first + 1)::bigint AS days, b.id IS NOT NULL AS is_kept, b.summary ->> 'currency' AS promised_currency,
    (b.summary ->> 'paymentDays')::bigint AS payment_days, ${dateOf('b.ran_at', ask)} AS backtest_on, p.*,
    EXISTS (SELECT FROM campaign_backtest l WHERE l.code = ${literal(campaign)} AND l.version = v.version) AS is_any
  FROM (
    SELECT version, approved_at, greatest(DATE ${literal(from)}, approved_on, (d ->> 'from')::date) AS first,
      least(DATE ${literal(to)}, lead(approved_on) OVER (ORDER BY approved_at, version), (d ->> 'to')::date, ${dateOf('now()', ask)}) AS last
    FROM (SELECT version, approved_at, ${dateOf('approved_at', ask)} AS approved_on, ${readable('document')} AS d
      FROM campaign_version WHERE code = ${literal(campaign)} AND approved_at IS NOT NULL) a
  ) v
  LEFT JOIN LATERAL (
    SELECT * FROM campaign_backtest b WHERE b.code = ${literal(campaign)} AND b.version = v.version AND b.ran_at <= v.approved_at ORDER BY b.id DESC LIMIT 1
  ) b ON true
  CROSS JOIN LATERAL (SELECT (p ->> 'uses')::numeric AS p_uses, (p ->> 'amount')::numeric AS p_amount, (p ->> 'given')::numeric AS p_given,
    (p ->> 'returned')::numeric AS p_returned FROM (SELECT ${promised} AS p) one) p
  WHERE v.first <= v.last`
}

/** Of the file's days, for as many days as the version was in force: whole units, rounded towards zero. */
const scaled = (value: string) => `div(${value} * days, payment_days)::bigint`

/** What the back-test before the approval promised, beside what came: per version of the campaign. */
export const promises: Section = {
  section: 'promises',
  zh: '与回测对比',
  en: 'Against the back-test',
  columns: [
    integerColumn('version', '版本', 'Version'),
    CURRENCY_CODE,
    dateColumn('first', '生效自', 'In force from'),
    dateColumn('last', '生效至', 'In force until'),
    BACKTEST,
    dateColumn('backtest_on', '回测日期', 'Back-tested on'),
    ...figure(integerColumn, 'uses', '使用笔数', 'Uses'),
    ...figure(amountColumn, 'amount', '交易金额', 'Amount'),
    ...figure(amountColumn, 'average', '笔均金额', 'Average ticket'),
    ...figure(amountColumn, 'cost', '优惠金额', 'Cost'),
    ...figure(amountColumn, 'net', '净优惠', 'Net cost'),
    ...figure(amountColumn, 'cost_per_use', '每笔成本', 'Net cost per use'),
  ],
  keys: ['version', 'currency'],
  sums: [],
  remark: said(
    '承诺取批准前最后一次保存的回测，按其支付日均折算到该版本在报表期内的生效天数。',
    'Promised: the last back-test kept before the approval, by its mean day, for as many days as the version was in force within the dates.',
  ),
  rows: (ask) => `
    WITH given AS (${givenBy(ask)}), versions AS (${versionsOf(ask)}),
    pairs AS (
      SELECT version, currency FROM given
      UNION SELECT version, promised_currency FROM versions WHERE is_kept
      UNION SELECT version, coalesce(${readable('d.document')} ->> 'currency', 'CNY') FROM versions JOIN campaign_version d USING (version)
        WHERE d.code = ${literal(about(ask).campaign)} AND NOT is_kept
    ), both_sides AS (
      SELECT version, currency, first, last, backtest_on, CASE WHEN is_kept THEN 'kept' WHEN is_any THEN 'late' ELSE 'none' END AS backtest,
        coalesce(uses, 0)::bigint AS uses, coalesce(amount, 0)::bigint AS amount, amount / nullif(uses, 0) AS average, coalesce(cost, 0)::bigint AS cost,
        coalesce(net, 0)::bigint AS net, net / nullif(uses, 0) AS cost_per_use,
        CASE WHEN is_ours THEN ${scaled('p_uses')} END AS uses_promised, CASE WHEN is_ours THEN ${scaled('p_amount')} END AS amount_promised,
        CASE WHEN is_ours THEN div(p_amount, nullif(p_uses, 0))::bigint END AS average_promised, CASE WHEN is_ours THEN ${scaled('p_given')} END AS cost_promised,
        CASE WHEN is_ours THEN ${scaled('(p_given - p_returned)')} END AS net_promised,
        CASE WHEN is_ours THEN div(p_given - p_returned, nullif(p_uses, 0))::bigint END AS cost_per_use_promised
      FROM pairs LEFT JOIN versions USING (version) LEFT JOIN given USING (version, currency)
        CROSS JOIN LATERAL (SELECT promised_currency = currency AS is_ours) o
    )
    SELECT *, ${FIGURES.map((key) => `${key} - ${key}_promised AS ${key}_difference`).join(', ')} FROM both_sides`,
}
