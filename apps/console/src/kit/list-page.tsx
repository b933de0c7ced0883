import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Flex, Input, Select, Typography } from 'antd'
import { answerOf, api, type Paths } from '../api/client'
import { useSaid } from '../shell/session'
import { words, type Words } from '../texts'
import { Cell } from './cell'
import { codeWords } from './code-words'
import { DataTable } from './data-table'
import { LateActions, LateImports, LateViews } from './late-actions'
import type { Column, Filter, ListDefinition } from './define-list'
import { useListKeys } from './list-keys'
import { ProblemView } from './problem-view'
import { STATES } from './states'

type Row = Record<string, unknown>
type Search = Record<string, string | undefined>
interface Page {
  next?: string
  [rows: string]: unknown
}
const LIMIT = 50
/** Lists are looked at again; numbers of money have their own pages. */
const REFRESH_MS = 30_000
const RIGHT: ReadonlySet<string | undefined> = new Set(['money', 'number', 'ppm'])

/** A list of the API. The address holds its filters and its page, so that a link shows the same. */
export function ListPage({ list }: { list: ListDefinition }) {
  const say = useSaid()
  const navigate = useNavigate()
  const search: Search = useSearch({ strict: false })
  const asked = Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''))
  const query = useQuery({
    queryKey: [list.from, asked],
    queryFn: () => {
      const params = { query: list.isWhole ? asked : { limit: LIMIT, ...asked } }
      return answerOf<Page>(api.GET(list.from as keyof Paths & '/v1/campaigns', { params: params as never }) as never)
    },
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
  const go = (change: Search) => void navigate({ to: '.', search: { ...search, ...change } as never })
  const rows = (query.data?.[list.rows] as Row[] | undefined) ?? []
  const next = query.data?.next
  return (
    <Flex vertical gap={12} ref={useListKeys()}>
      <Flex justify="space-between" align="center" wrap gap={8}>
        <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
          {say(list.title)}
        </Typography.Title>
        <Flex gap={12} align="center" wrap>
          <LateActions list={list.path} />
          {list.filters.length === 0 ? null : <LateViews list={list.path} />}
          {list.isWhole ? null : (
            <a href={csvAddress(list, asked)} download>
              {say(CSV)}
            </a>
          )}
        </Flex>
      </Flex>
      {list.imports === undefined ? null : <LateImports from={list.imports} />}
      <Filters list={list} search={search} onChange={(change) => go({ ...change, after: undefined })} />
      {query.isError ? <ProblemView error={query.error} again={() => void query.refetch()} /> : null}
      <div className="wide" role="region" tabIndex={0} aria-label={say(list.title)}>
        <DataTable<Row>
          rowKey={(row) => [row[list.id], ...(list.carries ?? []).map((key) => row[key])].join(' ')}
          isStale={query.isFetching && query.isPlaceholderData}
          columns={[
            ...list.columns.map((column) => columnOf(column, list, say(column.head))),
            ...(list.rowActions ? [actionsColumn(list, say(ACTIONS))] : []),
          ]}
          rows={rows}
          empty={query.isSuccess ? say(list.empty ?? NOTHING) : ' '}
        />
      </div>
      <Flex justify="end" gap={8}>
        {search['after'] === undefined ? null : <Button onClick={() => history.back()}>{say(BACK)}</Button>}
        {next === undefined ? null : <Button onClick={() => go({ after: next })}>{say(MORE)}</Button>}
      </Flex>
    </Flex>
  )
}

function columnOf(column: Column<Row>, list: ListDefinition, title: string) {
  const leads = column.key === list.id && (list.detail !== undefined || list.ownDetail)
  return {
    key: column.key,
    title,
    align: RIGHT.has(column.show) ? ('right' as const) : ('left' as const),
    render: (row: Row) => {
      const currency = row['currency'] as string | undefined
      const cell = <Cell field={column.key} value={row[column.key]} show={column.show} currency={currency} />
      if (!leads) return cell
      const id = encodeURIComponent(String(row[list.leadsBy?.(row) ?? list.id]))
      const search = Object.fromEntries((list.carries ?? []).map((key) => [key, row[key]]))
      return (
        <Link to={`${list.path}/${id}`} search={search as never}>
          {cell}
        </Link>
      )
    },
  }
}

const actionsColumn = (list: ListDefinition, title: string) => ({
  key: 'actions',
  title,
  render: (row: Row) => <LateActions list={list.path} subject={row} isSmall />,
})

function Filters({
  list,
  search,
  onChange,
}: {
  list: ListDefinition
  search: Search
  onChange: (change: Search) => void
}) {
  return (
    <Flex gap={8} wrap className="filters">
      {list.filters.map((filter) => (
        <FilterField
          key={`${filter.name} ${search[filter.name] ?? ''}`}
          filter={filter}
          value={search[filter.name]}
          onChange={onChange}
        />
      ))}
    </Flex>
  )
}

function FilterField({
  filter: { name, label, options },
  value,
  onChange,
}: {
  filter: Filter
  value: string | undefined
  onChange: (change: Search) => void
}) {
  const say = useSaid()
  if (options !== undefined)
    return (
      <Select
        aria-label={say(label)}
        placeholder={say(label)}
        style={{ width: 160 }}
        allowClear
        value={value}
        options={options.map((option) => ({ value: option, label: say(optionWords(name, option)) }))}
        onChange={(chosen: string | undefined) => onChange({ [name]: chosen })}
      />
    )
  return (
    <Input
      aria-label={say(label)}
      placeholder={say(label)}
      style={{ width: 180 }}
      allowClear
      defaultValue={value}
      onPressEnter={({ currentTarget }) => onChange({ [name]: currentTarget.value.trim() || undefined })}
      onBlur={({ currentTarget }) => {
        const typed = currentTarget.value.trim() || undefined
        if (typed !== value) onChange({ [name]: typed })
      }}
    />
  )
}

/** By the field's own words, else as a state. */
const optionWords = (name: string, option: string) =>
  OPTIONS[option] ?? codeWords(name, option) ?? STATES[option]?.[0] ?? words(option, option)
const OPTIONS: Readonly<Record<string, Words>> = {
  true: words('是', 'Yes'),
  false: words('否', 'No'),
  waiting: words('等我审核', 'Waits for me'),
  made: words('我提交的', 'Made by me'),
}

const csvAddress = ({ from }: ListDefinition, { after: _, ...asked }: Search) =>
  `${from}?${new URLSearchParams({ ...(asked as Record<string, string>), format: 'csv' }).toString()}`

const ACTIONS = words('操作', 'Actions')
const CSV = words('下载 CSV', 'Download CSV')
const NOTHING = words('没有符合条件的记录', 'Nothing matches')
const MORE = words('下一页', 'Next page')
const BACK = words('上一页', 'Page before')
