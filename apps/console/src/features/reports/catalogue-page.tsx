import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Flex, Skeleton, Typography } from 'antd'
import { answerOf, api, type Schemas } from '../../api/client'
import { DataTable } from '../../kit/data-table'
import { ProblemView } from '../../kit/problem-view'
import { useSaid } from '../../shell/session'
import { words } from '../../texts'
import { PARAMETERS, type Parameter } from './parameters'

export type ReportKind = Schemas['ReportKindList']['reports'][number]

/** Asked once: which reports there are changes with a release. */
export const useReportKinds = () =>
  useQuery({ queryKey: ['/v1/reports'], queryFn: () => answerOf(api.GET('/v1/reports')), staleTime: Infinity })

/** Which reports this person may read, what is in them, and what they ask for. */
export function CataloguePage() {
  const say = useSaid()
  const kinds = useReportKinds()
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="center" wrap gap={8}>
        <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
          {say(TITLE)}
        </Typography.Title>
        <Link to="/report-runs">{say(FILES)}</Link>
      </Flex>
      {kinds.isError ? <ProblemView error={kinds.error} again={() => void kinds.refetch()} /> : null}
      {kinds.isPending ? <Skeleton active /> : null}
      {kinds.data === undefined ? null : (
        <div className="wide" role="region" tabIndex={0} aria-label={say(TITLE)}>
          <DataTable<ReportKind>
            rows={kinds.data.reports}
            rowKey={({ kind }) => kind}
            columns={[
              { key: 'kind', title: say(REPORT), render: (one) => <Link to={`/reports/${one.kind}` as never}>{say(one)}</Link> }, // prettier-ignore
              { key: 'sections', title: say(SECTIONS), render: ({ sections }) => sections.map(say).join(' · ') },
              { key: 'takes', title: say(ASKS), render: ({ needs, takes }) => [...needs, ...takes.filter((one) => !needs.includes(one))].map((one) => say(PARAMETERS[one as Parameter])).join(' · ') }, // prettier-ignore
            ]}
            empty={say(NONE)}
          />
        </div>
      )}
    </Flex>
  )
}

const TITLE = words('报表目录', 'All reports')
const FILES = words('报表文件', 'Report files')
const REPORT = words('报表', 'Report')
const SECTIONS = words('内容', 'Contents')
const ASKS = words('筛选', 'Filters')
const NONE = words('您的权限不含任何报表', 'Your rights open no report')
