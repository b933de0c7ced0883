import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Alert, Button, Flex, Skeleton, Tabs, Typography } from 'antd'
import { useEffect } from 'react'
import { answerOf, api, type Schemas } from '../../api/client'
import { Chart } from '../../kit/chart'
import { DataTable } from '../../kit/data-table'
import { ProblemView } from '../../kit/problem-view'
import { useSaid } from '../../shell/session'
import { words } from '../../texts'
import { useReportKinds, type ReportKind } from './catalogue-page'
import { FileButtons } from './file-buttons'
import { PARAMETERS, type Parameter } from './parameters'
import { Field } from './parameter-field'
import { valueCell } from './value-cell'

type Search = Record<string, string | undefined>
type Page = Schemas['ReportPage']
type Row = Page['rows'][number]
const LIMIT = 50
/** Of dates that nobody has chosen: today and the six before it. */
const DAYS = 7

/** A report as pages of data, with charts. Dates, filters, section and page stand in the address. */
export function ReportPage() {
  const say = useSaid()
  const { kind } = useParams({ strict: false }) as { kind: string }
  const kinds = useReportKinds()
  const report = kinds.data?.reports.find((one) => one.kind === kind)
  if (kinds.isError) return <ProblemView error={kinds.error} again={() => void kinds.refetch()} />
  if (kinds.isPending) return <Skeleton active />
  if (report === undefined)
    return (
      <div className="nothing-here">
        <h1>{say(NO_REPORT)}</h1>
        <Link to={'/reports' as never}>{say(CATALOGUE)}</Link>
      </div>
    )
  return <Report key={report.kind} report={report} />
}

function Report({ report }: { report: ReportKind }) {
  const say = useSaid()
  const search: Search = useSearch({ strict: false })
  const navigate = useNavigate()
  const go = (change: Search, replace = false) =>
    void navigate({ to: '.', search: { ...search, after: undefined, ...change } as never, replace })
  const isDated = search['from'] !== undefined && search['to'] !== undefined
  useEffect(() => {
    // So that the address means the same dates tomorrow.
    if (!isDated) go({ from: dayBefore(DAYS - 1), to: dayBefore(0), ...given(search) }, true)
  })
  const asked = given(search)
  const missing = report.needs.filter((name) => asked[name] === undefined)
  const isReady = isDated && missing.length === 0
  const page = usePage(report.kind, asked, isReady)
  const next = page.data?.next
  const section = search['section'] ?? report.sections[0]!.section
  const names = [...new Set([...report.needs, ...report.takes])] as Parameter[]
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} align="baseline" wrap>
        <Link to={'/reports' as never}>{say(CATALOGUE)}</Link>
        <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
          {say(report)}
        </Typography.Title>
        <FileButtons kind={report.kind} asked={asked} section={section} isReady={isReady} />
      </Flex>
      <Flex gap={8} wrap className="filters">
        <Field name="from" label={FROM} type="date" value={search['from']} onChange={go} />
        <Field name="to" label={TO} type="date" value={search['to']} onChange={go} />
        {names.map((name) => (
          <Field
            key={name}
            name={name}
            label={PARAMETERS[name]}
            isNeeded={report.needs.includes(name)}
            value={search[name]}
            onChange={go}
          />
        ))}
      </Flex>
      <Tabs
        activeKey={section}
        items={report.sections.map((one) => ({ key: one.section, label: say(one) }))}
        onChange={(chosen) => go({ section: chosen })}
      />
      {isDated && missing.length > 0 ? (
        <Alert
          type="info"
          showIcon
          title={`${say(NEEDS)} ${missing.map((name) => say(PARAMETERS[name as Parameter])).join('、')}`}
        />
      ) : null}
      {page.isError ? <ProblemView error={page.error} again={() => void page.refetch()} /> : null}
      {isReady && page.isPending ? <Skeleton active /> : null}
      {!isReady || page.data === undefined ? null : (
        <PageView page={page.data} isStale={page.isPlaceholderData} title={say(report)} />
      )}
      <Flex justify="end" gap={8}>
        {search['after'] === undefined ? null : <Button onClick={() => history.back()}>{say(BACK)}</Button>}
        {isReady && next !== undefined ? <Button onClick={() => go({ after: next })}>{say(MORE)}</Button> : null}
      </Flex>
    </Flex>
  )
}

const usePage = (kind: ReportKind['kind'], asked: Record<string, string>, enabled: boolean) =>
  useQuery({
    queryKey: ['/v1/reports', kind, asked],
    queryFn: () =>
      answerOf(
        api.GET('/v1/reports/{kind}', { params: { path: { kind }, query: { limit: LIMIT, ...asked } as never } }),
      ),
    enabled,
    placeholderData: keepPreviousData,
  })

function PageView({ page, isStale, title }: { page: Page; isStale: boolean; title: string }) {
  const say = useSaid()
  const isRight = (type: string) => type === 'amount' || type === 'rate' || type === 'integer'
  return (
    <>
      {page.remark === undefined ? null : <p className="quiet">{say(page.remark)}</p>}
      <Flex wrap gap={24}>
        {page.charts.map(({ zh, en, series, ...chart }) => (
          <div key={en} style={{ flex: '1 1 480px', maxWidth: 720 }}>
            <Chart {...chart} title={{ zh, en }} series={series.map(({ values, ...name }) => ({ name, values }))} />
          </div>
        ))}
      </Flex>
      <div className="wide" role="region" tabIndex={0} aria-label={title}>
        <DataTable<Row>
          rows={page.rows}
          isStale={isStale}
          rowKey={(_, at) => String(at)}
          columns={page.columns.map((column) => ({
            key: column.key,
            title: say(column),
            align: isRight(column.type) ? ('right' as const) : ('left' as const),
            render: (row) => valueCell(column, row, say),
          }))}
          empty={say(EMPTY)}
          foot={page.totals.map((total, at) => (
            <tr key={at}>
              {page.columns.map((column, place) => (
                <td key={column.key} className={isRight(column.type) ? 'right' : ''}>
                  {total[column.key] === undefined || total[column.key] === null
                    ? place === 0
                      ? say(TOTAL)
                      : ''
                    : valueCell(column, total, say)}
                </td>
              ))}
            </tr>
          ))}
        />
      </div>
      <p className="quiet">
        {say(AS_OF)} {page.snapshot}
      </p>
    </>
  )
}

/** What stands in the address and is not empty. */
const given = (search: Search): Record<string, string> =>
  Object.fromEntries(
    Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  )

function dayBefore(days: number): string {
  const at = new Date()
  at.setDate(at.getDate() - days)
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`
}

const NO_REPORT = words('没有这个报表，或您无权查看', 'This report does not exist, or you may not read it')
const CATALOGUE = words('报表目录', 'All reports')
const FROM = words('开始日期', 'First date')
const TO = words('结束日期', 'Last date')
const NEEDS = words('请先填写：', 'Enter first:')
const TOTAL = words('合计', 'Total')
const EMPTY = words(
  '这些日期没有记录：换日期，或去掉筛选',
  'Nothing on these dates: choose others, or take a filter away',
)
const AS_OF = words('数据状态', 'State of the books')
const MORE = words('下一页', 'Next page')
const BACK = words('上一页', 'Page before')
