import { describe, type Sentence } from '@lijian/describe'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Alert, Card, Flex, Select, Skeleton, Table, Typography } from 'antd'
import { answerOf, api } from '../../api/client'
import { ProblemView } from '../../kit/problem-view'
import { useSaid, useSession } from '../../shell/session'
import { said, words } from '../../texts'

/** Two versions of a campaign: what differs, in the words of the business and in sentences. The address holds both. */
export function ComparePage() {
  const { id: code } = useParams({ strict: false }) as { id: string }
  const search = useSearch({ strict: false }) as { from?: string; to?: string }
  const say = useSaid()
  const navigate = useNavigate()
  const newest = useVersion(code, undefined)
  const { latestVersion = 1, liveVersion } = newest.data ?? {}
  const to = Number(search.to ?? latestVersion)
  const from = Number(
    search.from ?? (liveVersion === undefined || liveVersion === to ? Math.max(1, to - 1) : liveVersion),
  )
  if (newest.isError) return <ProblemView error={newest.error} again={() => void newest.refetch()} />
  if (newest.isPending) return <Skeleton active />
  const options = Array.from({ length: latestVersion }, (_, i) => ({
    value: i + 1,
    label: `${say(VERSION)} ${i + 1}${i + 1 === liveVersion ? ` (${say(LIVE)})` : ''}`,
  }))
  const go = (change: { from?: string; to?: string }) =>
    void navigate({ to: '.', search: { from: String(from), to: String(to), ...change } as never })
  return (
    <Flex vertical gap={16}>
      <Flex gap={8} align="baseline">
        <Link to={`/campaigns/${code}` as never}>{code}</Link>
        <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
          {say(TITLE)}
        </Typography.Title>
      </Flex>
      <Flex gap={8} align="center">
        <Select
          aria-label={say(BEFORE)}
          style={{ width: 160 }}
          value={from}
          options={options}
          onChange={(value) => go({ from: String(value) })}
        />
        →
        <Select
          aria-label={say(AFTER)}
          style={{ width: 160 }}
          value={to}
          options={options}
          onChange={(value) => go({ to: String(value) })}
        />
      </Flex>
      <Changes code={code} from={from} to={to} />
      <SentenceChanges code={code} from={from} to={to} />
    </Flex>
  )
}

const useVersion = (code: string, version: number | undefined) =>
  useQuery({
    queryKey: ['/v1/campaigns', code, version ?? 'newest'],
    queryFn: () =>
      answerOf(
        api.GET('/v1/campaigns/{code}', {
          params: { path: { code }, query: version === undefined ? {} : { version } },
        }),
      ),
  })

interface Versions {
  code: string
  from: number
  to: number
}
function Changes({ code, from, to }: Versions) {
  const say = useSaid()
  const query = useQuery({
    queryKey: ['/v1/campaigns', code, 'compare', from, to],
    queryFn: () =>
      answerOf(api.GET('/v1/campaigns/{code}/compare', { params: { path: { code }, query: { from, to } } })),
    placeholderData: keepPreviousData,
  })
  if (query.isError) return <ProblemView error={query.error} />
  if (query.isPending) return <Skeleton active />
  const value = (text: string | null) => text ?? <span className="quiet">—</span>
  return (
    <>
      {query.data.isCut ? <Alert type="info" title={say(CUT)} /> : null}
      <Table
        size="small"
        rowKey="path"
        pagination={false}
        dataSource={query.data.words}
        locale={{ emptyText: say(SAME) }}
        columns={[
          { key: 'field', title: say(FIELD), render: (_, { field }) => say(field) },
          { key: 'path', title: say(WHERE), render: (_, { path }) => <code>{path}</code> },
          { key: 'before', title: say(BEFORE), className: 'before', render: (_, { before }) => value(before) },
          { key: 'after', title: say(AFTER), className: 'after', render: (_, { after }) => value(after) },
        ]}
      />
    </>
  )
}

function SentenceChanges({ code, from, to }: Versions) {
  const say = useSaid()
  const { language } = useSession()
  const before = useVersion(code, from)
  const after = useVersion(code, to)
  if (before.data === undefined || after.data === undefined) return null
  const [gone, come] = [describe(before.data.document), describe(after.data.document)]
  const only = (these: readonly Sentence[], those: readonly Sentence[]) => {
    const known = new Set(those.map((sentence) => said(sentence, language)))
    return these.map((sentence) => said(sentence, language)).filter((text) => !known.has(text))
  }
  return (
    <Card size="small" title={say(SENTENCES)}>
      {only(gone, come).map((text, i) => (
        <div key={`- ${i}`} className="before">
          <del>{text}</del>
        </div>
      ))}
      {only(come, gone).map((text, i) => (
        <div key={`+ ${i}`} className="after">
          <ins>{text}</ins>
        </div>
      ))}
    </Card>
  )
}

const TITLE = words('版本比较', 'Compare versions')
const VERSION = words('版本', 'Version')
const LIVE = words('生效中', 'live')
const BEFORE = words('变更前', 'Before')
const AFTER = words('变更后', 'After')
const FIELD = words('字段', 'Field')
const WHERE = words('位置', 'Where')
const SAME = words('两个版本没有差别', 'The two versions are the same')
const CUT = words('差别很多，只列出一部分', 'Many things differ: this is a part')
const SENTENCES = words('以句子表述的差别', 'The difference in sentences')
