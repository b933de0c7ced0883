import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Input, Modal } from 'antd'
import { useDeferredValue, useId, useState } from 'react'
import { answerOf, api, type Schemas } from '../api/client'
import { ProblemView } from '../kit/problem-view'
import { STATES } from '../kit/states'
import { words, type Words } from '../texts'
import { PLACES } from './menu'
import './palette.css'
import { may, useSaid, useSession } from './session'

type Hit = Schemas['SearchAnswer']['exact'][number]
type Found = Pick<UseQueryResult, 'isError' | 'isSuccess' | 'isFetching' | 'error' | 'refetch'>
interface Choice {
  key: string
  kind: Words
  id: string
  name?: string
  state?: string
  to: string
  search?: Record<string, string>
}

/** One box for everything that has a name: pages, and every id that the API finds. Enter goes to what is chosen, and an id that is whole is chosen. */
export function Palette({ onEnd }: { onEnd: () => void }) {
  const say = useSaid()
  const id = useId()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [chosen, choose] = useState(0)
  const { choices, late, found } = useChoices(useDeferredValue(typed.trim()))
  const go = (choice: Choice | undefined) => {
    if (choice === undefined) return
    onEnd()
    void navigate({ to: choice.to as never, search: (choice.search ?? {}) as never })
  }
  const move = (by: number) => choose((chosen + by + choices.length) % Math.max(choices.length, 1))
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    // What is found by now is of what is typed: no older answer is gone to.
    Enter: () => (found.isFetching ? undefined : go(choices[chosen])),
  }
  return (
    <Modal open footer={null} closable={false} onCancel={onEnd} title={say(TITLE)} width={640} destroyOnHidden>
      <Input
        autoFocus
        role="combobox"
        aria-label={say(TITLE)}
        aria-expanded={choices.length > 0}
        aria-controls={id}
        aria-activedescendant={choices[chosen] === undefined ? undefined : `${id}-${chosen}`}
        placeholder={say(HINT)}
        maxLength={200}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value)
          choose(0)
        }}
        onKeyDown={(event) => {
          const act = event.nativeEvent.isComposing ? undefined : keys[event.key]
          if (act === undefined) return
          event.preventDefault()
          act()
        }}
      />
      {found.isError ? <ProblemView error={found.error} again={() => void found.refetch()} /> : null}
      <ul className="palette" id={id} role="listbox" aria-label={say(FOUND)}>
        {choices.map((choice, at) => (
          <li
            key={choice.key}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === chosen}
            onMouseMove={() => choose(at)}
            onClick={() => go(choice)}
          >
            <span className="kind">{say(choice.kind)}</span>
            <b>{choice.id}</b>
            <span>{choice.name}</span>
            <span className="quiet">{choice.state === undefined ? '' : say(stateWords(choice.state))}</span>
          </li>
        ))}
      </ul>
      <p className="quiet" role="status">
        {choices.length === 0 && typed.trim() !== '' && found.isSuccess ? say(NOTHING) : ''}
        {late.length > 0 ? `${say(LATE)} ${late.map((kind) => say(KINDS[kind].title)).join(', ')}` : ''}
      </p>
    </Modal>
  )
}

function useChoices(q: string): { choices: readonly Choice[]; late: readonly Hit['kind'][]; found: Found } {
  const say = useSaid()
  const { me } = useSession()
  const found = useQuery({
    queryKey: ['/v1/search', q],
    queryFn: () => answerOf(api.GET('/v1/search', { params: { query: { q } } })),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  })
  const low = q.toLowerCase()
  const pages = PLACES.filter(({ scopes }) => may(me, scopes))
    .filter(({ title, path }) => [title.zh, title.en, path].some((text) => text.toLowerCase().includes(low)))
    .map(({ title, path }): Choice => ({ key: path, kind: PAGE, id: say(title), to: path }))
  if (q === '') return { choices: pages, late: [], found }
  const { exact = [], groups = [], late = [] } = found.data ?? {}
  const hits = [...exact, ...groups.flatMap(({ items }) => items)].map(choiceOf)
  const all = exact.length > 0 ? [...hits, ...pages] : [...pages, ...hits]
  return { choices: [...new Map(all.map((choice) => [choice.key, choice])).values()], late, found }
}

const choiceOf = (hit: Hit): Choice => {
  const { title, path, by } = KINDS[hit.kind]
  const carries = hit.client === undefined ? {} : { search: { client: hit.client } }
  const place = by === undefined ? { to: `${path}/${encodeURIComponent(hit.id)}`, ...carries } : { to: path, search: { [by]: hit.id } } // prettier-ignore
  return { ...hit, key: `${hit.kind} ${hit.client ?? ''} ${hit.id}`, kind: title, ...place }
}

const stateWords = (state: string) => STATES[state]?.[0] ?? words(state, state)

/** Where a kind has its page; `by`: only a list has it, filtered by this. */
const KINDS: Readonly<Record<Hit['kind'], { title: Words; path: string; by?: string }>> = {
  transaction: { title: words('交易', 'Transaction'), path: '/transactions' },
  campaign: { title: words('活动', 'Campaign'), path: '/campaigns' },
  merchant: { title: words('商户', 'Merchant'), path: '/merchants' },
  partner: { title: words('合作方', 'Partner'), path: '/partners' },
  mid: { title: words('交易号', 'MID'), path: '/capacity', by: 'code' },
  case: { title: words('差错', 'Case'), path: '/cases' },
  card_usage_case: { title: words('用卡核查', 'Card usage'), path: '/card-usage-cases' },
  proposal: { title: words('审核', 'Approval'), path: '/approvals' },
  clearing_file: { title: words('清算文件', 'Clearing file'), path: '/clearing-files', by: 'name' },
  card_group: { title: words('卡片分组', 'Card group'), path: '/card-groups' },
  customer_group: { title: words('客户分组', 'Customer group'), path: '/customer-groups' },
  client: { title: words('交易系统', 'Client'), path: '/clients' },
}

const PAGE = words('页面', 'Page')
const TITLE = words('搜索', 'Search')
const HINT = words('流水号、活动、商户、合作方、交易号、差错、审核、文件名', 'Serial, campaign, merchant, partner, MID, case, approval, file name') // prettier-ignore
const FOUND = words('找到的', 'Found')
const NOTHING = words('没有以此开头的编号或名称', 'Nothing begins with this')
const LATE = words('未及时查到：', 'Not answered in time:')
