import { Link } from '@tanstack/react-router'
import { answerOf, api, BACKGROUND } from '../../api/client'
import { DataTable } from '../../kit/data-table'
import { Instant, Money, State } from '../../kit/values'
import { useSaid } from '../../shell/session'
import { words } from '../../texts'
import { Section, useWatched } from './section'

export function Partners() {
  const say = useSaid()
  const partners = useWatched(['partners'], () =>
    answerOf(api.GET('/v1/partners', { params: { query: { limit: 10 } }, headers: BACKGROUND })),
  )
  const warnings = useWatched(['warnings'], () => answerOf(api.GET('/v1/funding-warnings', { headers: BACKGROUND })))
  const warned = new Map(warnings.data?.warnings.map((warning) => [warning.partner, warning]))
  return (
    <Section title={BALANCES} to="/partners" of={partners}>
      {({ partners: rows }) => (
        <DataTable
          rowKey={({ code }) => code}
          rows={rows}
          empty={say(NONE)}
          columns={[
            {
              key: 'code',
              title: say(PARTNER),
              render: ({ code, name }) => <Link to={`/partners/${code}`}>{name}</Link>,
            },
            {
              key: 'balance',
              title: say(BALANCE),
              align: 'right',
              render: (one) => <Money minor={one.balance} currency={one.currency} />,
            },
            {
              key: 'held',
              title: say(HELD),
              align: 'right',
              render: (one) => <Money minor={one.held} currency={one.currency} />,
            },
            {
              key: 'available',
              title: say(AVAILABLE),
              align: 'right',
              render: (one) => <Money minor={one.available} currency={one.currency} />,
            },
            {
              key: 'warning',
              title: say(ENDS),
              render: ({ code }) => {
                const warning = warned.get(code)
                return warning === undefined ? null : (
                  <span className="warning">
                    {warning.endsAt === undefined ? warning.say : <Instant at={warning.endsAt} />}
                  </span>
                )
              },
            },
          ]}
        />
      )}
    </Section>
  )
}

export function Clearing() {
  const say = useSaid()
  const runs = useWatched(['clearing'], () =>
    answerOf(api.GET('/v1/clearing-runs', { params: { query: { limit: 5 } }, headers: BACKGROUND })),
  )
  return (
    <Section title={CLEARING} to="/clearing-runs" of={runs}>
      {({ runs: rows }) => (
        <DataTable
          rowKey={({ businessDate }) => businessDate}
          rows={rows}
          empty={say(NO_RUN)}
          columns={[
            {
              key: 'date',
              title: say(DATE),
              render: ({ businessDate }) => <Link to={`/clearing-runs/${businessDate}`}>{businessDate}</Link>,
            },
            { key: 'settlement', title: say(SETTLEMENT), render: ({ settlementDate }) => settlementDate },
            { key: 'state', title: say(STATE), render: ({ state }) => <State state={state} /> },
            {
              key: 'trouble',
              title: say(TROUBLE),
              render: ({ trouble }) => <span className="warning">{trouble}</span>,
            },
          ]}
        />
      )}
    </Section>
  )
}

const BALANCES = words('合作方余额', 'Balances of partners')
const NONE = words('还没有合作方：先新建一个', 'No partner yet: make one first')
const PARTNER = words('合作方', 'Partner')
const BALANCE = words('余额', 'Balance')
const HELD = words('占用', 'Held')
const AVAILABLE = words('可用', 'Available')
const ENDS = words('预计用完', 'Ends at')
const CLEARING = words('清算', 'Clearing')
const NO_RUN = words('还没有清算日', 'No date was cleared yet')
const DATE = words('业务日期', 'Business date')
const SETTLEMENT = words('结算日期', 'Settlement date')
const STATE = words('状态', 'State')
const TROUBLE = words('问题', 'Trouble')
