import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, Flex, Skeleton, Typography } from 'antd'
import { answerOf, api, BACKGROUND } from '../../api/client'
import { CampaignActions } from '../campaign-form/actions'
import { Cell } from '../../kit/cell'
import { DataTable } from '../../kit/data-table'
import { ProblemView } from '../../kit/problem-view'
import { Gauge, USED, type Limit } from './gauge'
import { RecordView } from '../../kit/record-page'
import { Instant, State } from '../../kit/values'
import { useSaid } from '../../shell/session'
import { words } from '../../texts'
import { Sentences } from './sentences'

const EVERY_MS = 5_000

/** A campaign: its state, what is left of each limit now, and the document. */
export function CampaignPage() {
  const { id: code } = useParams({ strict: false }) as { id: string }
  const say = useSaid()
  const query = useQuery({
    queryKey: ['/v1/campaigns', code],
    queryFn: () => answerOf(api.GET('/v1/campaigns/{code}', { params: { path: { code } } })),
  })
  if (query.isError) return <ProblemView error={query.error} again={() => void query.refetch()} />
  if (query.isPending) return <Skeleton active />
  const { name, state, warnings, document, proposal, ...facts } = query.data
  return (
    <Flex vertical gap={16}>
      <Flex gap={8} align="baseline">
        <Link to="/campaigns">{say(CAMPAIGNS)}</Link>
        <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
          {code} {name}
        </Typography.Title>
        <State state={state} />
        {proposal === undefined ? null : <Link to={`/approvals/${proposal}`}>{say(WAITS)}</Link>}
      </Flex>
      <CampaignActions campaign={query.data} />
      {(warnings ?? []).map(({ path, message, messageZh }) => (
        <Alert
          key={`${path} ${message}`}
          type="warning"
          title={say({ en: message, zh: messageZh ?? message })}
          description={<code>{path}</code>}
        />
      ))}
      <Usage code={code} />
      <Sentences document={document} />
      <RecordView record={{ ...facts, document }} />
    </Flex>
  )
}

function Usage({ code }: { code: string }) {
  const say = useSaid()
  const usage = useQuery({
    queryKey: ['/v1/campaigns', code, 'usage'],
    queryFn: () => answerOf(api.GET('/v1/campaigns/{code}/usage', { params: { path: { code } }, headers: BACKGROUND })),
    refetchInterval: EVERY_MS,
  })
  if (usage.isError) return <ProblemView error={usage.error} />
  if (usage.isPending) return <Skeleton active />
  const { limits, currency, asOf } = usage.data
  return (
    <section aria-label={say(LIMITS)}>
      <Typography.Title level={2} style={{ fontSize: 16 }}>
        {say(LIMITS)}{' '}
        <small className="quiet">
          {say(AS_OF)} <Instant at={asOf} />
        </small>
      </Typography.Title>
      <DataTable<Limit>
        rowKey={({ limit, from }) => `${limit} ${from ?? ''}`}
        rows={limits}
        columns={[
          { key: 'limit', title: say(LIMIT), render: ({ limit }) => limit },
          { key: 'period', title: say(PERIOD), render: ({ period }) => <Cell field="period" value={period} /> },
          {
            key: 'gauge',
            title: say(USED),
            width: 320,
            render: (limit) => <Gauge limit={limit} currency={currency} />,
          },
          { key: 'next', title: say(NEXT), render: ({ nextHoldEndsAt }) => <Instant at={nextHoldEndsAt} /> },
        ]}
      />
    </section>
  )
}

const CAMPAIGNS = words('活动', 'Campaigns')
const WAITS = words('等待审核 →', 'Waits for approval →')
const LIMITS = words('预算与限额', 'Budgets and limits')
const AS_OF = words('截至', 'as of')
const LIMIT = words('限额', 'Limit')
const PERIOD = words('周期', 'Period')
const NEXT = words('下一笔占用到期', 'Next hold ends')
