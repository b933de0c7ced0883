import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Card, Checkbox, Flex, Form, Input, Skeleton, Typography } from 'antd'
import { useState } from 'react'
import { answerOf, api } from '../../api/client'
import { ProblemView } from '../../kit/problem-view'
import { useSaid } from '../../shell/session'
import { words } from '../../texts'

const DAYS = 14
const DAY_MS = 86_400_000
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

interface Asked {
  from: string
  to: string
  file: File | undefined
  isCompared: boolean
}

/** The newest version over stored days, or over a file of payments; beside what is live, if that is another. */
export function StartBacktestPage() {
  const { id: code } = useParams({ strict: false }) as { id: string }
  const say = useSaid()
  const campaign = useQuery({
    queryKey: ['/v1/campaigns', code, 'newest'],
    queryFn: () => answerOf(api.GET('/v1/campaigns/{code}', { params: { path: { code } } })),
  })
  if (campaign.isError) return <ProblemView error={campaign.error} again={() => void campaign.refetch()} />
  if (campaign.isPending) return <Skeleton active />
  const { name, latestVersion, liveVersion } = campaign.data
  return (
    <Flex vertical gap={16}>
      <Flex gap={8} align="baseline">
        <Link to={`/campaigns/${code}` as never}>{code}</Link>
        <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
          {say(TITLE)}
        </Typography.Title>
        <span className="quiet">
          {name} · {say(VERSION)} {latestVersion}
        </span>
      </Flex>
      <Card size="small" style={{ maxWidth: 640 }}>
        <Ask code={code} version={latestVersion} live={liveVersion === latestVersion ? undefined : liveVersion} />
      </Card>
    </Flex>
  )
}

interface Tried {
  code: string
  version: number
  /** Another version that is live. */
  live: number | undefined
}

function useStart({ code, version, live }: Tried) {
  const navigate = useNavigate()
  const [serial] = useState(() => `console-${crypto.randomUUID()}`)
  return useMutation({
    mutationFn: async ({ from, to, file, isCompared }: Asked) => {
      const against = live !== undefined && isCompared ? { against: [{ code, version: live }] } : {}
      const days = file === undefined ? { days: { from, to } } : {}
      const run = await answerOf(
        api.POST('/v1/backtests', { body: { serial, campaigns: [{ code, version }], ...against, ...days } }),
      )
      if (file !== undefined) await give(run.id, file)
      return run
    },
    onSuccess: ({ id }) => void navigate({ to: `/backtests/${id}` as never }),
  })
}

function Ask(tried: Tried) {
  const say = useSaid()
  const start = useStart(tried)
  const [asked, ask] = useState<Asked>(() => ({
    from: dayOf(Date.now() - DAYS * DAY_MS),
    to: dayOf(Date.now() - DAY_MS),
    file: undefined,
    isCompared: true,
  }))
  const day = (name: 'from' | 'to') => (
    <Input
      id={name}
      type="date"
      value={asked[name]}
      disabled={asked.file !== undefined}
      onChange={({ target }) => ask({ ...asked, [name]: target.value })}
    />
  )
  return (
    <Form layout="vertical" onFinish={() => start.mutate(asked)}>
      <Flex gap={12}>
        <Form.Item label={say(FROM)} htmlFor="from">
          {day('from')}
        </Form.Item>
        <Form.Item label={say(TO)} htmlFor="to">
          {day('to')}
        </Form.Item>
      </Flex>
      <Form.Item label={say(FILE)} htmlFor="file" extra={say(FILE_HINT)}>
        <input
          id="file"
          type="file"
          accept=".ndjson,.gz,.txt"
          onChange={({ target }) => ask({ ...asked, file: target.files?.[0] })}
        />
      </Form.Item>
      {tried.live === undefined ? null : (
        <Form.Item>
          <Checkbox checked={asked.isCompared} onChange={({ target }) => ask({ ...asked, isCompared: target.checked })}>
            {say(AGAINST)} {tried.live}
          </Checkbox>
        </Form.Item>
      )}
      {start.isError ? <ProblemView error={start.error} /> : null}
      <Button type="primary" htmlType="submit" loading={start.isPending}>
        {say(START)}
      </Button>
    </Form>
  )
}

/** A file goes as it is: plain lines, or packed. */
const give = (id: number, file: File) =>
  answerOf(
    api.PUT('/v1/backtests/{id}/payments', {
      params: { path: { id } },
      body: file as never,
      headers: { 'content-type': file.name.endsWith('.gz') ? 'application/gzip' : 'application/x-ndjson' },
      bodySerializer: (body: unknown) => body as Blob,
    }),
  )

const TITLE = words('回测', 'Back-test')
const VERSION = words('版本', 'version')
const FROM = words('从（交易日期）', 'From (date of payment)')
const TO = words('到', 'To')
const FILE = words('或用一份交易文件', 'Or a file of payments')
const FILE_HINT = words('每行一个 JSON 对象，可为 .gz；不填则用已存交易，最多 92 天', 'A JSON object a line, may be .gz; without one the stored days, 92 at most') // prettier-ignore
const AGAINST = words('与生效中的版本比较：版本', 'Compare with the live version')
const START = words('开始回测', 'Start')
