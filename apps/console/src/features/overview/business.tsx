import { Link } from '@tanstack/react-router'
import { answerOf, api, ApiProblem, BACKGROUND } from '../../api/client'
import { DataTable } from '../../kit/data-table'
import { Money } from '../../kit/values'
import { useSaid } from '../../shell/session'
import { words } from '../../texts'
import { Gauge, measuredOf, percentOf } from '../campaigns/gauge'
import { Section, useWatched } from './section'

/** Campaigns whose budgets are looked at: what is asked every half minute stays small. */
const CAMPAIGNS_MOST = 10
const NEAR_PERCENT = 50

/** The live campaigns' budgets, the fullest first. */
export function Budgets() {
  const say = useSaid()
  const budgets = useWatched(['budgets'], budgetsOfLive)
  return (
    <Section title={BUDGETS} to="/campaigns" search={{ live: 'true' }} of={budgets}>
      {(rows) => (
        <DataTable
          rowKey={({ campaign, limit }) => `${campaign} ${limit.limit} ${limit.from ?? ''}`}
          rows={rows}
          empty={say(NO_BUDGET)}
          columns={[
            {
              key: 'campaign',
              title: say(CAMPAIGN),
              render: ({ campaign, name }) => <Link to={`/campaigns/${campaign}`}>{name}</Link>,
            },
            { key: 'limit', title: say(BUDGET), render: ({ limit }) => limit.limit },
            {
              key: 'gauge',
              title: say(USED),
              width: 320,
              render: ({ limit, currency }) => <Gauge limit={limit} currency={currency} />,
            },
          ]}
        />
      )}
    </Section>
  )
}

async function budgetsOfLive() {
  const query = { live: 'true', limit: CAMPAIGNS_MOST } as const
  const { campaigns } = await answerOf(api.GET('/v1/campaigns', { params: { query }, headers: BACKGROUND }))
  const usages = await Promise.all(
    campaigns.map(async ({ code, name }) => {
      const path = { code }
      const { limits, currency } = await answerOf(
        api.GET('/v1/campaigns/{code}/usage', { params: { path }, headers: BACKGROUND }),
      )
      return limits
        .filter(({ kind }) => kind === 'budget')
        .map((limit) => ({ campaign: code, name, limit, currency, percent: percentOfLimit(limit) }))
    }),
  )
  return usages
    .flat()
    .filter(({ percent }) => percent >= NEAR_PERCENT)
    .sort((a, b) => b.percent - a.percent)
}

function percentOfLimit(limit: Parameters<typeof measuredOf>[0]): number {
  const measured = measuredOf(limit)
  return measured === undefined ? 0 : percentOf(measured.used + measured.held, measured.most)
}

const DAY_MS = 86_400_000
const WEEK_DAYS = 7

/** Today as the browser's zone has it, beside the same weekday of the week before. */
export function Today() {
  const say = useSaid()
  const [before, today] = [dateOf(Date.now() - WEEK_DAYS * DAY_MS), dateOf(Date.now())]
  const days = useWatched(['days', today], async () => {
    const query = { from: before, to: today, section: 'days' }
    const path = { kind: 'merchant' } as const
    const { rows } = await answerOf(api.GET('/v1/reports/{kind}', { params: { path, query }, headers: BACKGROUND }))
    const found = rows as unknown as Day[]
    return [today, before].flatMap((date) => {
      const ofDate = found.filter((row) => row.date === date)
      return ofDate.length === 0 ? [{ ...NOTHING, date }] : ofDate
    })
  })
  return (
    <Section title={TODAY} to="/transactions" of={days}>
      {(rows) => (
        <DataTable<Day>
          rowKey={({ date, currency }) => `${date} ${currency}`}
          rows={rows}
          columns={[
            {
              key: 'date',
              title: say(DATE),
              render: ({ date }) => (
                <>
                  <Link to="/transactions" search={{ businessDate: date } as never}>
                    {date}
                  </Link>{' '}
                  <span className="quiet">{say(date === today ? IS_TODAY : WEEK_BEFORE)}</span>
                </>
              ),
            },
            {
              key: 'payments',
              title: say(PAYMENTS),
              align: 'right',
              render: (row) => row.payments.toLocaleString('en'),
            },
            {
              key: 'amount',
              title: say(AMOUNT),
              align: 'right',
              render: (row) => <Money minor={row.amount} currency={row.currency} />,
            },
            {
              key: 'discount',
              title: say(DISCOUNT),
              align: 'right',
              render: (row) => <Money minor={row.discount} currency={row.currency} />,
            },
            { key: 'refunds', title: say(REFUNDS), align: 'right', render: (row) => row.refunds.toLocaleString('en') },
            { key: 'failed', title: say(FAILED), align: 'right', render: (row) => row.failed.toLocaleString('en') },
          ]}
        />
      )}
    </Section>
  )
}

/** A row of the section "days" of the merchants' report. */
interface Day {
  date: string
  currency: string
  payments: number
  amount: number
  discount: number
  refunds: number
  failed: number
}
const NOTHING = { currency: 'CNY', payments: 0, amount: 0, discount: 0, refunds: 0, failed: 0 }

const two = (n: number) => String(n).padStart(2, '0')
function dateOf(ms: number): string {
  const at = new Date(ms)
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

export function Capacity() {
  const say = useSaid()
  const capacity = useWatched(['capacity'], () =>
    answerOf(api.GET('/v1/routing/capacity', { params: { query: { limit: 5 } }, headers: BACKGROUND })).catch(
      (error: unknown) => {
        // An installation without routes is no fault: it has no limit yet.
        if (error instanceof ApiProblem && error.problem.code === 'not_found') return { limits: [] }
        throw error
      },
    ),
  )
  return (
    <Section title={CAPACITY} to="/capacity" of={capacity}>
      {({ limits }) => (
        <DataTable
          rowKey={({ part, code, measure }) => `${part} ${code} ${measure}`}
          rows={limits}
          empty={say(NO_LIMIT)}
          columns={[
            { key: 'code', title: say(MID), render: ({ code }) => code },
            {
              key: 'share',
              title: say(USED),
              align: 'right',
              render: ({ sharePpm }) => `${Math.floor(sharePpm / 10_000)}%`,
            },
            {
              key: 'message',
              title: say(FORECAST),
              render: ({ message, messageZh }) => say({ en: message, zh: messageZh }),
            },
          ]}
        />
      )}
    </Section>
  )
}

const BUDGETS = words('已用过半的预算', 'Budgets more than half used')
const NO_BUDGET = words('没有预算用过半', 'No budget is half used')
const CAMPAIGN = words('活动', 'Campaign')
const BUDGET = words('预算', 'Budget')
const USED = words('已用', 'Used')
const TODAY = words('今日交易', 'Payments of today')
const IS_TODAY = words('今日', 'today')
const WEEK_BEFORE = words('上周同日', 'same weekday, a week before')
const DATE = words('业务日期', 'Business date')
const PAYMENTS = words('成功笔数', 'Payments')
const AMOUNT = words('交易金额', 'Amount')
const DISCOUNT = words('立减金额', 'Discount')
const REFUNDS = words('退款笔数', 'Refunds')
const FAILED = words('失败笔数', 'Failed')
const CAPACITY = words('路由容量', 'Routing capacity')
const NO_LIMIT = words('没有限额', 'No limit')
const MID = words('对象', 'Code')
const FORECAST = words('预测', 'Forecast')
