import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { App, Button, Flex, Progress, Skeleton, Typography } from 'antd'
import { answerOf, api, BACKGROUND, type Schemas } from '../../api/client'
import { LateActions } from '../../kit/late-actions'
import { ProblemView } from '../../kit/problem-view'
import { Instant, State } from '../../kit/values'
import { may, useSaid, useSession } from '../../shell/session'
import { words } from '../../texts'
import { ReportView } from './report-view'

type Run = Schemas['BacktestRunRead']
const EVERY_MS = 1_500
const GOES_ON = new Set(['waiting_file', 'queued', 'running'])

/** A back-test: how far it is, then what it says. */
export function BacktestPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const say = useSaid()
  const query = useQuery({
    queryKey: ['/v1/backtests', id],
    queryFn: () =>
      answerOf(api.GET('/v1/backtests/{id}', { params: { path: { id: Number(id) } }, headers: BACKGROUND })),
    refetchInterval: ({ state }) => (state.data !== undefined && GOES_ON.has(state.data.state) ? EVERY_MS : false),
  })
  if (query.isError) return <ProblemView error={query.error} again={() => void query.refetch()} />
  if (query.isPending) return <Skeleton active />
  const run = query.data
  const refs = (list: Run['campaigns'] = []) => list.map(({ code, version }) => `${code} v${version}`).join('、')
  return (
    <Flex vertical gap={16}>
      <Flex gap={8} align="baseline" wrap>
        <Link to="/backtests">{say(BACKTESTS)}</Link>
        <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
          {id} · {refs(run.campaigns)}
          {run.against === undefined ? '' : ` ${say(AGAINST)} ${refs(run.against)}`}
        </Typography.Title>
        <State state={run.state} />
        <LateActions list="/backtests" subject={run as never} />
      </Flex>
      <Flex gap={16} wrap className="quiet">
        {run.campaigns.map(({ code }) => (
          <Link key={code} to={`/campaigns/${code}` as never}>
            {code}
          </Link>
        ))}
        <span>{run.days === undefined ? say(OF_FILE) : `${run.days.from} – ${run.days.to}`}</span>
        <Instant at={run.requestedAt} />
      </Flex>
      {GOES_ON.has(run.state) ? <HowFar run={run} /> : null}
      {run.failure === undefined ? null : <Typography.Text type="danger">{run.failure}</Typography.Text>}
      {run.reports?.length === 0 ? <p>{say(NOTHING)}</p> : null}
      {run.reports?.map((report) => (
        <ReportView key={report.currency} report={report} />
      ))}
      {run.reports === undefined || run.reports.length === 0 ? null : <Keep id={run.id} />}
    </Flex>
  )
}

function HowFar({ run: { linesDone, linesTotal } }: { run: Run }) {
  const say = useSaid()
  const percent = linesTotal === undefined || linesTotal === 0 ? 0 : Math.floor((linesDone * 100) / linesTotal)
  return (
    <div role="status">
      <Progress percent={percent} aria-label={say(PROGRESS)} />
      {say(DONE)} {linesDone.toLocaleString('en')} / {linesTotal?.toLocaleString('en') ?? '…'}
    </div>
  )
}

function Keep({ id }: { id: number }) {
  const say = useSaid()
  const { me } = useSession()
  const { message } = App.useApp()
  const client = useQueryClient()
  const keep = useMutation({
    mutationFn: () => answerOf(api.POST('/v1/backtests/{id}/keep', { params: { path: { id } }, body: {} })),
    onSuccess: () => {
      void message.success(say(KEPT))
      return client.invalidateQueries({ queryKey: ['/v1/campaigns'] })
    },
  })
  if (!may(me, ['campaigns.make', 'campaigns.check'])) return null
  return (
    <Flex gap={12} align="center">
      <Button loading={keep.isPending} onClick={() => keep.mutate()}>
        {say(KEEP)}
      </Button>
      <span className="quiet">{say(KEEP_HINT)}</span>
      {keep.isError ? <ProblemView error={keep.error} /> : null}
    </Flex>
  )
}

const BACKTESTS = words('回测', 'Back-tests')
const AGAINST = words('对比', 'against')
const OF_FILE = words('交易文件', 'a file of payments')
const PROGRESS = words('进度', 'Progress')
const DONE = words('已算行数', 'Lines done:')
const NOTHING = words('这些天里没有交易可供回测', 'There was no payment to try it on')
const KEEP = words('与活动版本一起保存', 'Keep it with the version')
const KEEP_HINT = words('审核人会看到它的结论', 'Whoever approves the version reads what it says')
const KEPT = words('已保存', 'Kept')
