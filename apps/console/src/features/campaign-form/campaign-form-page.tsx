import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { Flex, Skeleton, Typography } from 'antd'
import { useState } from 'react'
import { answerOf, api } from '../../api/client'
import { ProblemView } from '../../kit/problem-view'
import { useSaid } from '../../shell/session'
import { words } from '../../texts'
import { freshCampaign } from './benefits'
import { Editor } from './editor'
import './form.css'

/** A campaign from nothing. */
export function NewCampaignPage() {
  const say = useSaid()
  const [document] = useState(() => freshCampaign(`C${stamp(new Date())}`, today(new Date())))
  return (
    <Flex vertical gap={12}>
      <Head title={say(NEW)}>
        <Link to="/rule-templates">{say(TEMPLATE)}</Link>
      </Head>
      <Editor start={document} />
    </Flex>
  )
}

/** The next version of a campaign, from the newest one. */
export function EditCampaignPage() {
  const { id: code } = useParams({ strict: false }) as { id: string }
  const say = useSaid()
  const { version } = useSearch({ strict: false }) as { version?: string }
  const query = useQuery({
    queryKey: ['/v1/campaigns', code, 'edit', version],
    queryFn: () =>
      answerOf(
        api.GET('/v1/campaigns/{code}', {
          params: { path: { code }, query: version === undefined ? {} : { version: Number(version) } },
        }),
      ),
    // What one is writing on stays what it was.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })
  if (query.isError) return <ProblemView error={query.error} again={() => void query.refetch()} />
  if (query.isPending) return <Skeleton active />
  const { document, latestVersion, version: of } = query.data
  return (
    <Flex vertical gap={12}>
      <Head title={`${say(EDIT)} ${code}`}>
        <Link to={`/campaigns/${code}` as never}>
          {say(FROM_VERSION)} {of}
        </Link>
      </Head>
      <Editor start={document} code={code} version={latestVersion} />
    </Flex>
  )
}

function Head({ title, children }: { title: string; children: React.ReactNode }) {
  const say = useSaid()
  return (
    <Flex gap={8} align="baseline">
      <Link to="/campaigns">{say(CAMPAIGNS)}</Link>
      <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
        {title}
      </Typography.Title>
      {children}
    </Flex>
  )
}

const two = (n: number) => String(n).padStart(2, '0')
const today = (at: Date) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
/** A code that nobody else is likely to take today. */
const stamp = (at: Date) =>
  `${today(at).replaceAll('-', '')}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`

const CAMPAIGNS = words('活动', 'Campaigns')
const NEW = words('新建活动', 'New campaign')
const TEMPLATE = words('或从规则模版创建', 'or make it from a template')
const EDIT = words('修改活动', 'Change campaign')
const FROM_VERSION = words('依据版本', 'from version')
