import { REASON_WORDS } from '@lijian/contracts/shown'
import { Flex, Table, Typography } from 'antd'
import type { Schemas } from '../../api/client'
import { Chart } from '../../kit/chart'
import { Money } from '../../kit/values'
import { useSaid } from '../../shell/session'
import { words, type Words } from '../../texts'

type Report = NonNullable<Schemas['BacktestRunRead']['reports']>[number]
type Side = Report['a']

/** What a back-test says in one currency: A, and B beside it where there was something to compare with. */
export function ReportView({ report }: { report: Report }) {
  return (
    <Flex vertical gap={16}>
      <Totals report={report} />
      <Days report={report} />
      <Offers report={report} />
      <Budgets side={report.a} currency={report.currency} />
      <Refusals side={report.a} />
    </Flex>
  )
}

function Heading({ text }: { text: Words }) {
  const say = useSaid()
  return (
    <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
      {say(text)}
    </Typography.Title>
  )
}

const share = (ppm: number) => `${(ppm / 10_000).toLocaleString('en', { maximumFractionDigits: 2 })}%`

function Totals({ report: { a, b, currency, lines } }: { report: Report }) {
  const say = useSaid()
  const money = (minor: number) => <Money minor={minor} currency={currency} />
  const count = (value: number) => value.toLocaleString('en')
  const rows: [Words, (side: Side) => React.ReactNode][] = [
    [COST, ({ totals }) => money(totals.discount)],
    [INSTANT, ({ totals }) => money(totals.instant)],
    [REBATE, ({ totals }) => money(totals.rebate)],
    [FEE_SAVED, ({ totals }) => money(totals.feeSaved)],
    [REACHED, ({ totals }) => `${count(totals.paymentsReached)} (${share(totals.paymentsReachedPpm)})`],
    [CARDS, ({ totals }) => `${count(totals.cardsReached)} (${share(totals.cardsReachedPpm)})`],
    [GROSS, ({ totals }) => money(totals.amountReached)],
  ]
  return (
    <section>
      <Heading text={TOTALS} />
      <p className="quiet">
        {say(PAYMENTS)} {count(lines.payments)} · {money(lines.amount)}
      </p>
      <Table
        size="small"
        style={{ maxWidth: 720 }}
        rowKey={([name]) => name.en}
        pagination={false}
        dataSource={rows}
        columns={[
          { key: 'name', title: '', render: (_, [name]) => say(name) },
          { key: 'a', title: say(TRIED), align: 'right', render: (_, [, of]) => of(a) },
          ...(b === undefined
            ? []
            : [{ key: 'b', title: say(BESIDE), align: 'right' as const, render: (_: unknown, [, of]: (typeof rows)[number]) => of(b) }]), // prettier-ignore
        ]}
      />
    </section>
  )
}

function Days({ report: { a, b, days, currency } }: { report: Report }) {
  const dates = days.map(({ date }) => date)
  const of = (side: Side) => {
    const found = new Map(side.days.map(({ date, discount }) => [date, discount]))
    return dates.map((date) => found.get(date) ?? 0)
  }
  if (dates.length === 0) return null
  const series = [{ name: TRIED, values: of(a) }, ...(b === undefined ? [] : [{ name: BESIDE, values: of(b) }])]
  return <Chart kind="bar" type="amount" title={BY_DAY} categories={dates} series={series} currency={currency} />
}

function Offers({ report: { a, currency } }: { report: Report }) {
  const say = useSaid()
  return (
    <section className="wide" tabIndex={0} aria-label={say(OFFERS)}>
      <Heading text={OFFERS} />
      <Table
        size="small"
        rowKey={({ campaign, offer }) => `${campaign} ${offer}`}
        pagination={false}
        dataSource={a.offers}
        columns={[
          { key: 'offer', title: say(OFFER), render: (_, { offer, name }) => `${offer} ${name}` },
          { key: 'uses', title: say(USES), align: 'right', render: (_, { uses }) => uses.toLocaleString('en') },
          { key: 'given', title: say(GIVEN), align: 'right', render: (_, { given }) => <Money minor={given} currency={currency} /> }, // prettier-ignore
          { key: 'cost', title: say(COST), align: 'right', render: (_, { discount }) => <Money minor={discount} currency={currency} /> }, // prettier-ignore
        ]}
      />
    </section>
  )
}

function Budgets({ side, currency }: { side: Side; currency: string }) {
  const say = useSaid()
  if (side.budgets.length === 0) return null
  const money = (minor: number | undefined) => <Money minor={minor} currency={currency} />
  return (
    <section className="wide" tabIndex={0} aria-label={say(BUDGETS)}>
      <Heading text={BUDGETS} />
      <Table
        size="small"
        rowKey="limit"
        pagination={false}
        dataSource={side.budgets}
        columns={[
          { key: 'limit', title: say(LIMIT), render: (_, { limit }) => <code>{limit}</code> },
          { key: 'spent', title: say(SPENT), align: 'right', render: (_, { spent, amount }) => <>{money(spent)}{amount === undefined ? null : <> / {money(amount)}</>}</> }, // prettier-ignore
          { key: 'uses', title: say(USES), align: 'right', render: (_, { uses, count }) => `${uses.toLocaleString('en')}${count === undefined ? '' : ` / ${count.toLocaleString('en')}`}` }, // prettier-ignore
          { key: 'refusals', title: say(TURNED_AWAY), align: 'right', render: (_, { refusals }) => refusals.toLocaleString('en') }, // prettier-ignore
          { key: 'first', title: say(RAN_OUT), render: (_, { firstRefusal }) => firstRefusal?.at ?? say(NEVER) },
        ]}
      />
    </section>
  )
}

function Refusals({ side }: { side: Side }) {
  const say = useSaid()
  if (side.refusals.length === 0) return null
  return (
    <section>
      <Heading text={REFUSALS} />
      <Table
        size="small"
        style={{ maxWidth: 480 }}
        rowKey="reason"
        pagination={false}
        dataSource={side.refusals}
        columns={[
          { key: 'reason', title: say(REASON), render: (_, { reason }) => say(REASON_WORDS[reason]) },
          { key: 'count', title: say(PAYMENTS), align: 'right', render: (_, { count }) => count.toLocaleString('en') },
        ]}
      />
    </section>
  )
}

const TOTALS = words('结论', 'What it says')
const TRIED = words('回测版本', 'Tried')
const BESIDE = words('对比版本', 'Beside it')
const BY_DAY = words('每天的优惠', 'Discount a day')
const COST = words('净优惠', 'Net discount')
const INSTANT = words('其中立减', 'of it at once')
const REBATE = words('其中返现', 'of it as rebates')
const FEE_SAVED = words('其中手续费减收', 'of it fees saved')
const REACHED = words('享受优惠的交易', 'Payments with an offer')
const CARDS = words('享受优惠的卡', 'Cards with an offer')
const GROSS = words('这些交易的金额', 'Amount of these payments')
const PAYMENTS = words('交易笔数', 'Payments')
const OFFERS = words('各子活动', 'Offers')
const OFFER = words('子活动', 'Offer')
const USES = words('次数', 'Uses')
const GIVEN = words('给出', 'Given')
const BUDGETS = words('预算与限额', 'Budgets and limits')
const LIMIT = words('限额', 'Limit')
const SPENT = words('已用金额', 'Spent')
const TURNED_AWAY = words('因此未享', 'Turned away')
const RAN_OUT = words('首次用完', 'First ran out')
const NEVER = words('未用完', 'never')
const REFUSALS = words('未享优惠的原因', 'Why payments got nothing')
const REASON = words('原因', 'Reason')
