import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Progress } from 'antd'
import { answerOf, api, BACKGROUND } from '../api/client'
import { useSaid } from '../shell/session'
import { words } from '../texts'
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
const isRunning = ({ state }: Running) => state === 'running' || state === 'reading'

/** Files that are being read, as the API knows them: whoever reloads the page, or is somebody else, sees the same. */
export function RunningImports({ from }: { from: ImportsFrom }) {
  const say = useSaid()
  const query = useQuery({
    queryKey: [from, 'running'],
    queryFn: () => {
      const asked = { params: { query: { limit: 20 } }, headers: BACKGROUND }
      return answerOf<{ imports: Running[] }>(api.GET(from, asked) as never)
    },
    refetchInterval: ({ state }) => (state.data?.imports.some(isRunning) === true ? SOON_MS : LATER_MS),
  })
  const running = (query.data?.imports ?? []).filter(isRunning)
  if (running.length === 0) return null
  return (
    <ul className="running" aria-label={say(RUNNING)}>
      {running.map(({ id, kind, code, layout, percent, lines }) => (
        <li key={id}>
          <Link to={`${PAGES[from]}/${id}`}>
            {say(IMPORT)} {id}
          </Link>{' '}
          {layout ?? `${kind} ${code}`} · {lines.toLocaleString('en')} {say(LINES)}
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
