import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { Descriptions, Flex, Skeleton, Typography } from 'antd'
import { answerOf, api, type Schemas } from '../../api/client'
import { DataTable } from '../../kit/data-table'
import { ProblemView } from '../../kit/problem-view'
import { Instant, Money, State } from '../../kit/values'
import { may, useSaid, useSession } from '../../shell/session'
import { words } from '../../texts'
import { FlowLink } from '../overview/flow-links'
import { Story, Timeline } from './story'

/** A payment: what was asked and answered, why, and what was given back. */
export function TransactionPage() {
  const { id: serial } = useParams({ strict: false }) as { id: string }
  const { client } = useSearch({ strict: false }) as { client?: string }
  const say = useSaid()
  const of = client === undefined ? {} : { client }
  const query = useQuery({
    queryKey: ['/v1/transactions', serial, client],
    queryFn: () =>
      answerOf(
        api.GET('/v1/transactions/{serial}', {
          params: { path: { serial }, query: { ...of, explain: 'true' } as never },
        }),
      ),
  })
  if (query.isError) return <ProblemView error={query.error} again={() => void query.refetch()} />
  if (query.isPending) return <Skeleton active />
  const payment = query.data
  return (
    <Flex vertical gap={16}>
      <Flex gap={8} align="baseline">
        <Link to="/transactions">{say(TRANSACTIONS)}</Link>
        <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
          {serial}
        </Typography.Title>
        <State state={payment.state} />
        {client === undefined ? null : <FlowLink id={`transaction/${client}/${serial}`} />}
      </Flex>
      <Figures payment={payment} client={client} />
      <Given payment={payment} />
      {payment.explanation === undefined ? null : <Story explanation={payment.explanation} />}
      {payment.explanation === undefined ? null : <Timeline timeline={payment.explanation.timeline} />}
      <Refunds serial={serial} of={of} />
    </Flex>
  )
}

interface Paid {
  payment: Schemas['ExplainedAnswer']
}

function Figures({ payment, client }: Paid & { client: string | undefined }) {
  const say = useSaid()
  const { me } = useSession()
  const { amount, discount, payable, rebate, fee, businessDate, holdExpiresAt, marketingSerial } = payment
  const date = <span className="number">{businessDate}</span>
  const figures = [
    [AMOUNT, <Money minor={amount} />, amount],
    [DISCOUNT, <Money minor={discount} />, discount],
    [PAYABLE, <Money minor={payable} />, payable],
    [REBATE, <Money minor={rebate} />, rebate],
    [FEE, <Fee fee={fee} />, fee],
    [HELD_UNTIL, <Instant at={holdExpiresAt} />, holdExpiresAt],
    [
      BUSINESS_DATE,
      may(me, ['finance', 'read.clearing']) ? <Link to={`/clearing-runs/${businessDate}`}>{date}</Link> : date,
      businessDate,
    ],
    [CLIENT, client, client],
    [MARKETING_SERIAL, marketingSerial, marketingSerial],
  ] as const
  return (
    <Descriptions
      size="small"
      bordered
      className="record"
      column={{ xs: 1, lg: 2 }}
      items={figures
        .filter(([, , value]) => value !== undefined)
        .map(([label, children]) => ({ key: label.en, label: say(label), children }))}
    />
  )
}

function Fee({ fee }: { fee: Schemas['ExplainedAnswer']['fee'] }) {
  const say = useSaid()
  if (fee === undefined) return null
  return (
    <>
      <Money minor={fee.final} />
      {fee.saved === 0 ? null : (
        <span className="quiet">
          {' '}
          {say(BEFORE)} <Money minor={fee.original} />, {say(SAVED)} <Money minor={fee.saved} />
        </span>
      )}
    </>
  )
}

/** Each offer with those that pay for it. */
function Given({ payment: { offers } }: Paid) {
  const say = useSaid()
  if (offers.length === 0) return null
  return (
    <section className="wide" tabIndex={0} aria-label={say(OFFERS)}>
      <Typography.Title level={2} style={{ fontSize: 16 }}>
        {say(OFFERS)}
      </Typography.Title>
      <DataTable
        rowKey={({ campaign, code }) => `${campaign} ${code}`}
        rows={offers}
        columns={[
          {
            key: 'campaign',
            title: say(CAMPAIGN),
            render: ({ campaign, version }) => (
              <Link to={`/campaigns/${campaign}`}>
                {campaign} v{version}
              </Link>
            ),
          },
          { key: 'name', title: say(OFFER), render: ({ code, name }) => `${name}（${code}）` },
          {
            key: 'discount',
            title: say(DISCOUNT),
            align: 'right',
            render: ({ discount }) => <Money minor={discount} />,
          },
          {
            key: 'funders',
            title: say(FUNDERS),
            render: ({ funders }) => (
              <Flex gap={12} wrap>
                {funders.map(({ partner, amount }) => (
                  <span key={partner}>
                    {partner === '@merchant' ? say(MERCHANT) : <Link to={`/partners/${partner}`}>{partner}</Link>}{' '}
                    <Money minor={amount} />
                  </span>
                ))}
              </Flex>
            ),
          },
        ]}
      />
    </section>
  )
}

function Refunds({ serial, of }: { serial: string; of: { client?: string } }) {
  const say = useSaid()
  const refunds = useQuery({
    queryKey: ['/v1/transactions', serial, of.client, 'refunds'],
    queryFn: () => answerOf(api.GET('/v1/transactions/{serial}/refunds', { params: { path: { serial }, query: of } })),
  })
  if (refunds.data === undefined || refunds.data.refunds.length === 0) return null
  return (
    <section className="wide" tabIndex={0} aria-label={say(REFUNDS)}>
      <Typography.Title level={2} style={{ fontSize: 16 }}>
        {say(REFUNDS)}
      </Typography.Title>
      <DataTable
        rowKey={(refund) => refund.serial}
        rows={refunds.data.refunds}
        columns={[
          { key: 'serial', title: say(SERIAL), render: (refund) => <span className="whole">{refund.serial}</span> },
          { key: 'state', title: say(STATE), render: ({ state }) => <State state={state} /> },
          { key: 'amount', title: say(AMOUNT), align: 'right', render: ({ amount }) => <Money minor={amount} /> },
          { key: 'payer', title: say(TO_PAYER), align: 'right', render: ({ payer }) => <Money minor={payer} /> },
          {
            key: 'discountReturned',
            title: say(TO_FUNDERS),
            align: 'right',
            render: ({ discountReturned }) => <Money minor={discountReturned} />,
          },
          {
            key: 'feeReturned',
            title: say(FEE_BACK),
            align: 'right',
            render: (one) => <Money minor={one.feeReturned} />,
          },
          {
            key: 'businessDate',
            title: say(BUSINESS_DATE),
            render: (one) => <span className="whole">{one.businessDate}</span>,
          },
        ]}
      />
    </section>
  )
}

const TRANSACTIONS = words('交易', 'Transactions')
const AMOUNT = words('金额', 'Amount')
const DISCOUNT = words('优惠', 'Discount')
const PAYABLE = words('实付', 'To pay')
const REBATE = words('返现', 'Rebate')
const FEE = words('手续费', 'Fee')
const BEFORE = words('原', 'before')
const SAVED = words('减免', 'saved')
const HELD_UNTIL = words('占用至', 'Held until')
const BUSINESS_DATE = words('业务日期', 'Business date')
const CLIENT = words('交易系统', 'Client')
const MARKETING_SERIAL = words('营销流水号', 'Marketing serial')
const OFFERS = words('享受的优惠', 'Offers given')
const CAMPAIGN = words('活动', 'Campaign')
const OFFER = words('子活动', 'Offer')
const FUNDERS = words('出资方', 'Funders')
const MERCHANT = words('商户', 'Merchant')
const REFUNDS = words('退款', 'Refunds')
const SERIAL = words('流水号', 'Serial')
const STATE = words('状态', 'State')
const TO_PAYER = words('退付款人', 'To the payer')
const TO_FUNDERS = words('退出资方', 'To funders')
const FEE_BACK = words('退手续费', 'Fee back')
