import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Progress } from 'antd'
import { useRef } from 'react'
import { answerOf, api, BACKGROUND } from '../api/client'
import { useSaid } from '../shell/session'
import { words } from '../texts'
import { State } from './values'
import type { ImportsFrom } from './define-action'

interface Running {
  id: number
  state: string
  kind?: string
  code?: string
  layout?: string
  percent?: number
  lines: number
}
const PAGES: Readonly<Record<ImportsFrom, string>> = {
  '/v1/imports': '/imports',
  '/v1/reconciliation/imports': '/bill-imports',
}
const SOON_MS = 1000
const LATER_MS = 10_000
const isRunning = ({ state }: Pick<Running, 'state'>) => state === 'running' || state === 'reading'

/** Files that are being read, as the API knows them: whoever reloads the page, or is somebody else, sees the same. `isSending`: one will be among them in a moment. */
export function RunningImports({ from, isSending = false }: { from: ImportsFrom; isSending?: boolean }) {
  const say = useSaid()
  // What this page saw under way stays until it is left: nobody looks for what has just ended.
  const seen = useRef(new Set<number>())
  const query = useQuery({
    queryKey: [from, 'running'],
    queryFn: async () => {
      const asked = { params: { query: { limit: 20 } }, headers: BACKGROUND }
      const { imports } = await answerOf<{ imports: Running[] }>(api.GET(from, asked) as never)
      for (const one of imports) if (isRunning(one)) seen.current.add(one.id)
      return { imports: imports.filter(({ id }) => seen.current.has(id)) }
    },
    refetchInterval: ({ state }) => (isSending || state.data?.imports.some(isRunning) === true ? SOON_MS : LATER_MS),
  })
  const shown = query.data?.imports ?? []
  if (shown.length === 0) return null
  return (
    <ul className="running" aria-label={say(RUNNING)}>
      {shown.map(({ id, state, kind, code, layout, percent, lines }) => (
        <li key={id}>
          <Link to={`${PAGES[from]}/${id}`}>
            {say(IMPORT)} {id}
          </Link>{' '}
          {layout ?? `${kind} ${code}`} · {lines.toLocaleString('en')} {say(LINES)}{' '}
          {isRunning({ state }) ? null : <State state={state} />}
          {percent === undefined ? null : (
            <Progress percent={Math.floor(percent)} size="small" aria-label={`${say(IMPORT)} ${id}`} />
          )}
        </li>
      ))}
    </ul>
  )
}

const RUNNING = words('正在导入', 'Imports under way')
const IMPORT = words('导入', 'Import')
const LINES = words('行', 'lines')
