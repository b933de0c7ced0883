import { Link } from '@tanstack/react-router'
import { Card, Flex } from 'antd'
import { answerOf, api, BACKGROUND } from '../../api/client'
import { may, useSaid, useSession } from '../../shell/session'
import { words, type Words } from '../../texts'
import { useWatched } from './section'

/** What is counted is what the list shows first. */
const MOST = 50

export function Waiting() {
  const { me } = useSession()
  return (
    <Flex gap={12} wrap>
      <Approvals />
      {may(me, ['cases', 'read.clearing']) ? <Cases /> : null}
      {may(me, ['cases', 'routing', 'read.routing']) ? <Explanations /> : null}
      {may(me, ['read.marketing', 'campaigns.make', 'campaigns.check']) ? <Suspended /> : null}
    </Flex>
  )
}

function Approvals() {
  const { data } = useWatched(['counts'], () => answerOf(api.GET('/v1/approvals/counts', { headers: BACKGROUND })))
  return (
    <>
      <Figure title={WAITING} value={data?.waiting} to="/approvals" search={{ mine: 'waiting' }} />
      <Figure title={MADE} value={data?.made} to="/approvals" search={{ mine: 'made', state: 'proposed' }} />
    </>
  )
}

const counted = (rows: readonly unknown[] | undefined, next: string | undefined) =>
  rows === undefined ? undefined : `${rows.length}${next === undefined ? '' : '+'}`

function Cases() {
  const query = { state: 'open', limit: MOST } as const
  const { data } = useWatched(['cases'], () =>
    answerOf(api.GET('/v1/cases', { params: { query }, headers: BACKGROUND })),
  )
  return <Figure title={CASES} value={counted(data?.cases, data?.next)} to="/cases" search={{ state: 'open' }} />
}

function Explanations() {
  const query = { state: 'waiting_explanation', limit: MOST } as const
  const { data } = useWatched(['explanations'], () =>
    answerOf(api.GET('/v1/card-usage-cases', { params: { query }, headers: BACKGROUND })),
  )
  const value = counted(data?.cases, data?.next)
  return <Figure title={EXPLAIN} value={value} to="/card-usage-cases" search={{ state: query.state }} />
}

function Suspended() {
  const query = { state: 'suspended', limit: MOST } as const
  const { data } = useWatched(['suspended'], () =>
    answerOf(api.GET('/v1/campaigns', { params: { query }, headers: BACKGROUND })),
  )
  const value = counted(data?.campaigns, data?.next)
  return <Figure title={SUSPENDED} value={value} to="/campaigns" search={{ state: query.state }} />
}

interface FigureProps {
  title: Words
  value: number | string | undefined
  to: string
  search: Record<string, string>
}

function Figure({ title, value, to, search }: FigureProps) {
  const say = useSaid()
  return (
    <Card size="small" style={{ minWidth: 180 }}>
      <div className="quiet">{say(title)}</div>
      <Link to={to} search={search as never} className="figure">
        {value ?? '…'}
      </Link>
    </Card>
  )
}

const WAITING = words('等我审核', 'Waits for me')
const MADE = words('我提交的，等待审核', 'Mine, not decided')
const CASES = words('未结差错', 'Open cases')
const EXPLAIN = words('待说明的用卡异常', 'Card usage to explain')
const SUSPENDED = words('停用的活动', 'Suspended campaigns')
