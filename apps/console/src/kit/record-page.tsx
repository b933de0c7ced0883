import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Descriptions, Flex, Skeleton, Typography } from 'antd'
import { answerOf, api } from '../api/client'
import { useSaid } from '../shell/session'
import { Cell } from './cell'
import { DataTable } from './data-table'
import type { ListDefinition, Show } from './define-list'
import { fieldWords } from './field-words'
import { LateActions } from './late-actions'
import { ProblemView } from './problem-view'

/** One object as the API answers it: single values first, then its tables, then objects in it; documents as JSON. */
export function RecordPage({ list }: { list: ListDefinition }) {
  const { id } = useParams({ strict: false }) as { id: string }
  const say = useSaid()
  const address = list.detail!.replace('{}', encodeURIComponent(id))
  const query = useQuery({
    queryKey: [address],
    queryFn: () => answerOf<Record<string, unknown>>(api.GET(address as never, {} as never) as never),
    // What is under way is watched.
    refetchInterval: ({ state }) => (UNDER_WAY.has(String(state.data?.['state'])) ? UNDER_WAY_MS : false),
  })
  return (
    <Flex vertical gap={16}>
      <Flex gap={8} align="baseline">
        <Link to={list.path}>{say(list.title)}</Link>
        <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
          {id}
        </Typography.Title>
      </Flex>
      {query.isError ? <ProblemView error={query.error} again={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton active /> : null}
      {query.data === undefined ? null : (
        <>
          <LateActions list={list.path} subject={query.data} />
          <RecordView record={query.data} />
          {list.also === undefined ? null : <Also {...list.also} id={id} />}
        </>
      )}
    </Flex>
  )
}

const UNDER_WAY: ReadonlySet<string> = new Set(['running', 'reading', 'waiting', 'requested'])
const UNDER_WAY_MS = 1000

function Also({ from, rows, id }: { from: string; rows: string; id: string }) {
  const address = from.replace('{}', encodeURIComponent(id))
  const query = useQuery({
    queryKey: [address],
    queryFn: () => answerOf<Record<string, unknown>>(api.GET(address as never, {} as never) as never),
  })
  if (query.isError) return <ProblemView error={query.error} again={() => void query.refetch()} />
  return query.data === undefined ? <Skeleton active /> : <RecordView record={{ [rows]: query.data[rows] }} />
}

const DEEPEST = 3

export function RecordView({
  record,
  currency = record['currency'] as string | undefined,
  depth = 0,
}: {
  record: Record<string, unknown>
  currency?: string | undefined
  depth?: number
}) {
  const say = useSaid()
  const entries = Object.entries(record).filter(([, value]) => value !== null && value !== undefined)
  const single = entries.filter(([, value]) => typeof value !== 'object' || isPlainList(value))
  const tables = entries.filter(([, value]) => isTable(value)) as [string, Record<string, unknown>[]][]
  const deep = entries.filter(([, value]) => typeof value === 'object' && !isPlainList(value) && !isTable(value))
  return (
    <>
      {single.length === 0 ? null : (
        <Descriptions
          size="small"
          bordered
          className="record"
          column={{ xs: 1, lg: 2 }}
          items={single.map(([key, value]) => ({
            key,
            label: say(fieldWords(key)),
            children: <Cell field={key} value={value} show={showOf(key, value)} currency={currency} />,
          }))}
        />
      )}
      {tables.map(([key, rows]) => (
        <section key={key} className="wide" tabIndex={0} aria-label={say(fieldWords(key))}>
          <Typography.Title level={2} style={{ fontSize: 16 }}>
            {say(fieldWords(key))}
          </Typography.Title>
          <DataTable
            rowKey={(row) => JSON.stringify(row)}
            rows={rows}
            columns={[...new Set(rows.flatMap((row) => Object.keys(row)))].map((column) => ({
              key: column,
              title: say(fieldWords(column)),
              align: typeof rows.find((row) => row[column] !== undefined)?.[column] === 'number' ? 'right' : 'left',
              render: (row: Record<string, unknown>) => (
                <Cell field={column} value={row[column]} show={showOf(column, row[column])} currency={currency} />
              ),
            }))}
          />
        </section>
      ))}
      {deep.map(([key, value]) =>
        key === 'document' || depth === DEEPEST ? (
          <details key={key}>
            <summary>{say(fieldWords(key))}</summary>
            <pre className="json">{JSON.stringify(value, null, 2)}</pre>
          </details>
        ) : (
          <section key={key} aria-label={say(fieldWords(key))} className="inner">
            <Typography.Title level={2} style={{ fontSize: 16 }}>
              {say(fieldWords(key))}
            </Typography.Title>
            <RecordView record={value as Record<string, unknown>} currency={currency} depth={depth + 1} />
          </section>
        ),
      )}
    </>
  )
}

const isPlainList = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one !== 'object')
const isTable = (value: unknown) => Array.isArray(value) && !isPlainList(value) && value.length > 0

/** Amounts of the API are minor units under these names. */
const MONEY =
  /^(amount|discount|payable|paid|fee|feeSaved|feeOriginal|feeFinal|balance|creditLine|held|used|available|paidIn|received|settle|opening|closing|charged|returned|collected|adjusted|carried|due|waived|open|prepaid|matchedAmount|payout|carriedIn|carriedOut|debit|credit|warnBelow|rebate|spentToday|expectedToday|theirs|ours|cash|refunded|gross|net|left|over)$/
export function showOf(key: string, value: unknown): Show {
  if (key === 'state' || key === 'status') return 'state'
  if (typeof value === 'boolean') return 'yes'
  if (typeof value === 'number') return MONEY.test(key) ? 'money' : key.endsWith('Ppm') ? 'ppm' : 'number'
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return 'instant'
  return 'text'
}
