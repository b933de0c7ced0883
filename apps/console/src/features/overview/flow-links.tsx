import { FLOW_KINDS, FLOW_QUESTIONS, flowQueryUrl, flowUrl, type FlowQuery } from '@lijian/contracts/shown'
import { Typography } from 'antd'
import { useSaid } from '../../shell/session'
import { words } from '../../texts'

/** Where the namespace is in the Temporal UI, as the page was told; empty: nobody said where that is. */
const namespaceUrl = () => document.querySelector<HTMLMetaElement>('meta[name=temporal-ui]')?.content ?? ''

/** Prepared queries of the Temporal UI. */
export function FlowLinks() {
  const say = useSaid()
  if (namespaceUrl() === '') return null
  return (
    <section aria-label={say(FLOWS)}>
      <Typography.Title level={2} style={{ fontSize: 16 }}>
        {say(FLOWS)}
      </Typography.Title>
      <ul>
        {FLOW_QUESTIONS.map((question) => (
          <li key={question.code}>
            <QueryLink of={question} />
          </li>
        ))}
      </ul>
      <p>
        {say(BY_KIND)}
        {FLOW_KINDS.map((kind, i) => (
          <span key={kind.code}>
            {i === 0 ? '' : ' · '}
            <QueryLink of={kind} />
          </span>
        ))}
      </p>
    </section>
  )
}

const QueryLink = ({ of }: { of: FlowQuery }) => {
  const say = useSaid()
  return <Outside to={flowQueryUrl(namespaceUrl(), of)}>{say(of.title)}</Outside>
}

/** The flow of one thing. */
export function FlowLink({ id }: { id: string }) {
  const say = useSaid()
  return namespaceUrl() === '' ? null : <Outside to={flowUrl(namespaceUrl(), id)}>{say(FLOW)}</Outside>
}

const Outside = ({ to, children }: { to: string; children: React.ReactNode }) => (
  <a href={to} target="_blank" rel="noreferrer">
    {children}
  </a>
)

const FLOWS = words('流程（Temporal）', 'Flows (Temporal)')
const FLOW = words('流程', 'Flow')
const BY_KIND = words('按种类：', 'By kind: ')
