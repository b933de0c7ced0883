import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, App, Button, Descriptions, Flex, Input, Skeleton, Table, Typography } from 'antd'
import { useState } from 'react'
import { answerOf, api, type Schemas } from '../../api/client'
import { LateActions } from '../../kit/late-actions'
import { ProblemView } from '../../kit/problem-view'
import { Instant, Money, State } from '../../kit/values'
import { useSaid } from '../../shell/session'
import { useStepUp } from '../../shell/step-up'
import { words, type Words } from '../../texts'
import { Sentences } from '../campaigns/sentences'
import { sealOf } from './seal'

type Proposal = Schemas['ApprovalLine']

/** What is proposed, against what stands, and the decision over exactly this. */
export function ApprovalPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const say = useSaid()
  const address = { params: { path: { id: Number(id) } } }
  const query = useQuery({
    queryKey: ['/v1/proposals', id],
    queryFn: async () => {
      const proposal = await answerOf(api.GET('/v1/proposals/{id}', address))
      return { proposal, isWhatIsShown: (await sealOf(proposal)) === proposal.hash }
    },
  })
  if (query.isError) return <ProblemView error={query.error} again={() => void query.refetch()} />
  if (query.isPending) return <Skeleton active />
  const { proposal, isWhatIsShown } = query.data
  return (
    <Flex vertical gap={16}>
      <Flex gap={8} align="baseline">
        <Link to="/approvals">{say(INBOX)}</Link>
        <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
          {say(proposal.title)} · {proposal.subject}
        </Typography.Title>
        <State state={proposal.state} />
      </Flex>
      <Facts proposal={proposal} />
      {proposal.kind === 'campaign' ? <Sentences document={documentOf(proposal)} /> : null}
      <Changes proposal={proposal} />
      <details>
        <summary>{say(RAW)}</summary>
        <Flex gap={16}>
          <pre className="json">{JSON.stringify(proposal.before ?? null, null, 2)}</pre>
          <pre className="json">{JSON.stringify(proposal.body, null, 2)}</pre>
        </Flex>
      </details>
      <Decision proposal={proposal} isWhatIsShown={isWhatIsShown} />
      <LateActions list="/approvals" subject={proposal as unknown as Record<string, unknown>} />
    </Flex>
  )
}

/** What is said is made of what is sealed. */
const documentOf = ({ body }: Proposal) => (body as { document?: unknown }).document

function Facts({ proposal }: { proposal: Proposal }) {
  const say = useSaid()
  const items = [
    [MAKER, `${proposal.makerPerson ?? proposal.maker}`],
    [MADE_AT, <Instant key="at" at={proposal.madeAt} />],
    [BRANCH, proposal.branch],
    [AMOUNT, proposal.amountFen === undefined ? undefined : <Money key="amount" minor={proposal.amountFen} />],
    [NEEDS, `${proposal.approvals} / ${proposal.needs}`],
    [EXPIRES, proposal.expiresAt === undefined ? undefined : <Instant key="expires" at={proposal.expiresAt} />],
    [CHECKER, proposal.checker],
    [REASON, proposal.reason],
    [HASH, <code key="hash">{proposal.hash.slice(0, 16)}…</code>],
  ] as const
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, lg: 2 }}
      items={items
        .filter(([, value]) => value !== undefined)
        .map(([label, children]) => ({ key: label.en, label: say(label), children }))}
    />
  )
}

function Changes({ proposal }: { proposal: Proposal }) {
  const say = useSaid()
  const value = (text: string | null) => text ?? <span className="quiet">—</span>
  return (
    <Table
      size="small"
      rowKey="path"
      pagination={false}
      dataSource={proposal.changes}
      columns={[
        { key: 'field', title: say(FIELD), render: (_, { field, path }) => <span title={path}>{say(field)}</span> },
        { key: 'path', title: say(WHERE), render: (_, { path }) => <code>{path}</code> },
        { key: 'before', title: say(BEFORE), className: 'before', render: (_, { before }) => value(before) },
        { key: 'after', title: say(AFTER), className: 'after', render: (_, { after }) => value(after) },
      ]}
    />
  )
}

function Decision({ proposal, isWhatIsShown }: { proposal: Proposal; isWhatIsShown: boolean }) {
  const say = useSaid()
  const { message } = App.useApp()
  const client = useQueryClient()
  const withSecondFactor = useStepUp()
  const [reason, setReason] = useState('')
  const decide = useMutation({
    mutationFn: (how: 'approve' | 'reject') =>
      withSecondFactor(() => {
        const params = { path: { id: proposal.id } }
        const { hash } = proposal
        return how === 'approve'
          ? answerOf(api.POST('/v1/proposals/{id}/approve', { params, body: { hash } }))
          : answerOf(api.POST('/v1/proposals/{id}/reject', { params, body: { hash, reason } }))
      }),
    onSuccess: ({ state }) => void message.success(`${proposal.subject}: ${state}`),
    onSettled: () => client.invalidateQueries(),
  })
  if (proposal.state !== 'proposed') return null
  if (!isWhatIsShown) return <Alert type="error" title={say(NOT_SEALED)} />
  const { decide: allowed, not } = proposal.may
  return (
    <Flex vertical gap={8}>
      {allowed || not === undefined ? null : <Alert type="info" title={say(WHY_NOT[not])} />}
      {decide.isError ? <ProblemView error={decide.error} /> : null}
      <Flex gap={8} wrap>
        <Button
          type="primary"
          disabled={!allowed}
          loading={decide.isPending && decide.variables === 'approve'}
          onClick={() => decide.mutate('approve')}
        >
          {say(APPROVE)}
        </Button>
        <Input
          aria-label={say(REASON)}
          placeholder={say(REASON)}
          style={{ width: 260 }}
          value={reason}
          disabled={!allowed}
          onChange={({ target }) => setReason(target.value)}
        />
        <Button
          danger
          disabled={!allowed || reason.trim() === ''}
          loading={decide.isPending && decide.variables === 'reject'}
          onClick={() => decide.mutate('reject')}
        >
          {say(REJECT)}
        </Button>
      </Flex>
    </Flex>
  )
}

const WHY_NOT: Readonly<Record<NonNullable<Proposal['may']['not']>, Words>> = {
  own: words('这是您自己提交的，须由他人审核', 'You have proposed this: another person decides it'),
  machine: words('机器密钥不能审核', 'A key of a machine decides nothing'),
  scope: words('您没有审核此类事项的权限', 'Your roles do not decide this kind'),
  role: words('审批规则要求另一角色', 'The policy asks for another role'),
  branch: words('审批规则要求另一分公司的人', 'The policy asks for a person of another branch'),
  approved: words('您已审核通过，等待另一位审核人', 'You have approved it; another one is needed'),
  ended: words('已经有结论', 'It has been decided'),
}
const INBOX = words('审核', 'Approvals')
const RAW = words('原始内容（变更前、变更后）', 'Raw: before and after')
const MAKER = words('提交人', 'Maker')
const MADE_AT = words('提交时间', 'Made at')
const BRANCH = words('分公司', 'Branch')
const AMOUNT = words('金额', 'Amount')
const NEEDS = words('已通过/需要', 'Approved of needed')
const EXPIRES = words('到期', 'Expires')
const CHECKER = words('审核人', 'Checker')
const REASON = words('理由', 'Reason')
const HASH = words('内容摘要', 'Hash')
const FIELD = words('字段', 'Field')
const WHERE = words('位置', 'Where')
const BEFORE = words('变更前', 'Before')
const AFTER = words('变更后', 'After')
const APPROVE = words('批准并立即生效', 'Approve: it takes effect')
const REJECT = words('驳回', 'Reject')
const NOT_SEALED = words(
  '页面内容与内容摘要不符，不能审核',
  'What is shown does not match its hash: it cannot be decided here',
)
