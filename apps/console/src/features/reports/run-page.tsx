import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Flex, Progress, Skeleton, Typography } from 'antd'
import { answerOf, api, BACKGROUND, type Schemas } from '../../api/client'
import { ProblemView } from '../../kit/problem-view'
import { RecordView } from '../../kit/record-page'
import { State } from '../../kit/values'
import { useSaid, useSession } from '../../shell/session'
import { words } from '../../texts'
import { useReportKinds } from './catalogue-page'

type Run = Schemas['ReportRunAnswer']
const EVERY_MS = 1_000
const goesOn = (run: Run | undefined) => run?.state === 'queued' || run?.state === 'running'

/** A report that is made as a file: how far it is, then the file. */
export function RunPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const say = useSaid()
  const path = { id: Number(id) }
  const kinds = useReportKinds()
  const query = useQuery({
    queryKey: ['/v1/report-runs', id],
    queryFn: () => answerOf(api.GET('/v1/report-runs/{id}', { params: { path }, headers: BACKGROUND })),
    refetchInterval: ({ state }) => (goesOn(state.data) ? EVERY_MS : false),
  })
  if (query.isError) return <ProblemView error={query.error} again={() => void query.refetch()} />
  if (query.isPending) return <Skeleton active />
  const run = query.data
  const kind = kinds.data?.reports.find((one) => one.kind === run.kind)
  const parameters = run.parameters as Record<string, string>
  return (
    <Flex vertical gap={16}>
      <Flex gap={8} align="baseline" wrap>
        <Link to="/report-runs">{say(FILES)}</Link>
        <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
          {id} · {kind === undefined ? run.kind : say(kind)}
        </Typography.Title>
        <State state={run.state} />
      </Flex>
      <Steps run={run} />
      <Link
        to={`/reports/${run.kind}` as never}
        search={{ ...parameters, ...(run.section === undefined ? {} : { section: run.section }) } as never}
      >
        {say(ON_PAGE)}
      </Link>
      <RecordView record={run as unknown as Record<string, unknown>} />
    </Flex>
  )
}

function Steps({ run }: { run: Run }) {
  const say = useSaid()
  const { me } = useSession()
  const client = useQueryClient()
  const params = { path: { id: run.id } }
  const downloading = useMutation({
    mutationFn: () => answerOf(api.POST('/v1/report-runs/{id}/links', { params, body: {} as never })),
    // The link opens once: the browser follows it now, and the page stays.
    onSuccess: ({ path }) => location.assign(path),
  })
  const cancelling = useMutation({
    mutationFn: () => answerOf(api.POST('/v1/report-runs/{id}/cancel', { params, body: {} as never })),
    onSettled: () => client.invalidateQueries({ queryKey: ['/v1/report-runs'] }),
  })
  const isMine = run.requestedBy === me.id
  return (
    <>
      {goesOn(run) ? (
        <Flex gap={12} align="center">
          <Progress percent={100} status="active" showInfo={false} style={{ maxWidth: 320 }} aria-label={say(MAKING)} />
          <span role="status">
            {say(MAKING)} {run.rowsWritten.toLocaleString('en')} {say(ROWS)}
          </span>
          <Button onClick={() => cancelling.mutate()} loading={cancelling.isPending}>
            {say(CANCEL)}
          </Button>
        </Flex>
      ) : null}
      {run.state === 'done' ? (
        <Flex gap={12} align="center">
          <Button
            type="primary"
            disabled={!isMine}
            loading={downloading.isPending}
            onClick={() => downloading.mutate()}
          >
            {say(DOWNLOAD)} {run.fileName ?? ''}
          </Button>
          {isMine ? null : <span className="quiet">{say(NOT_MINE)}</span>}
        </Flex>
      ) : null}
      {[downloading, cancelling].map(({ error }, at) =>
        error === null ? null : <ProblemView key={at} error={error} />,
      )}
    </>
  )
}

const FILES = words('报表文件', 'Report files')
const ON_PAGE = words('在页面上看这份报表', 'Read this report as a page')
const MAKING = words('正在生成', 'Being made:')
const ROWS = words('行', 'rows')
const CANCEL = words('取消', 'Cancel')
const DOWNLOAD = words('下载', 'Download')
const NOT_MINE = words('只有申请人可以下载', 'Only the person that asked for it may download it')
