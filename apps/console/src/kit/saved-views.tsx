import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { App, Button, Checkbox, Dropdown, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { answerOf, api, type Schemas } from '../api/client'
import { useSaid } from '../shell/session'
import { words } from '../texts'
import { ProblemView } from './problem-view'

type View = Schemas['SavedView']
type Search = Record<string, string | undefined>
type Filters = Record<string, string>

/** Views of a list, own and shared: what is kept are the filters of its address, so a view is a link too. */
export function SavedViews({ list }: { list: string }) {
  const say = useSaid()
  const navigate = useNavigate()
  const search: Search = useSearch({ strict: false })
  const { modal } = App.useApp()
  const [isSaving, setSaving] = useState(false)
  const page = list.slice(1)
  const queryKey = ['/v1/me/views', page]
  const views = useQuery({
    queryKey,
    queryFn: () => answerOf(api.GET('/v1/me/views', { params: { query: { page } } })),
  })
  const client = useQueryClient()
  const removing = useMutation({
    mutationFn: ({ code }: View) =>
      answerOf(api.POST('/v1/me/views/{code}/remove', { params: { path: { code } }, body: {} })),
    onSettled: () => client.invalidateQueries({ queryKey }),
  })
  const all = views.data?.views ?? []
  const filters = filtersOf(search)
  const shown = all.find(({ state }) => sameFilters(filtersOf(state), filters))
  const open = ({ state }: View) => void navigate({ to: '.', search: filtersOf(state) as never })
  const remove = (view: View) =>
    void modal.confirm({
      title: `${say(REMOVE)} ${view.name}`,
      okText: say(REMOVE),
      cancelText: say(CANCEL),
      onOk: () => removing.mutateAsync(view),
    })
  const named = (views: readonly View[]) =>
    views.map((view) => ({ key: `${view.owner} ${view.code}`, label: view.name, onClick: () => open(view) }))
  const group = (title: string, views: readonly View[]) =>
    views.length === 0 ? [] : [{ type: 'group' as const, key: title, label: title, children: named(views) }]
  const items = [
    ...group(say(OWN), all.filter(({ mine }) => mine)), // prettier-ignore
    ...group(say(SHARED), all.filter(({ mine }) => !mine)), // prettier-ignore
    ...(all.length === 0 ? [] : [{ type: 'divider' as const, key: 'line' }]),
    { key: 'save', label: say(SAVE), onClick: () => setSaving(true) },
    ...(shown?.mine ? [{ key: 'remove', label: `${say(REMOVE)} ${shown.name}`, onClick: () => remove(shown) }] : []),
  ]
  return (
    <>
      {removing.isError ? <ProblemView error={removing.error} /> : null}
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button size="small">
          {say(VIEW)}
          {shown === undefined ? '' : ` ${shown.name}`}
        </Button>
      </Dropdown>
      {isSaving ? (
        <SaveDialog
          page={page}
          filters={filters}
          shown={shown?.mine ? shown : undefined}
          onEnd={() => setSaving(false)}
        />
      ) : null}
    </>
  )
}

interface SaveProps {
  page: string
  filters: Filters
  shown: View | undefined
  onEnd: () => void
}

function SaveDialog({ page, filters, shown, onEnd }: SaveProps) {
  const say = useSaid()
  const client = useQueryClient()
  const [name, setName] = useState(shown?.name ?? '')
  const [isShared, setShared] = useState(shown?.shared ?? false)
  const saving = useMutation({
    mutationFn: async () => {
      const code = shown?.name === name.trim() ? shown.code : await codeOf(page, name.trim())
      const body = { name: name.trim(), page, state: filters, shared: isShared }
      return answerOf(api.PUT('/v1/me/views/{code}', { params: { path: { code } }, body }))
    },
    onSuccess: onEnd,
    onSettled: () => client.invalidateQueries({ queryKey: ['/v1/me/views', page] }),
  })
  return (
    <Modal
      open
      title={say(SAVE)}
      okText={say(SAVE)}
      cancelText={say(CANCEL)}
      okButtonProps={{ disabled: name.trim() === '' }}
      confirmLoading={saving.isPending}
      onOk={() => saving.mutate()}
      onCancel={onEnd}
    >
      <Form layout="vertical" component="div">
        <Form.Item label={say(NAME)} htmlFor="view-name" extra={say(SAME_NAME)}>
          <Input
            id="view-name"
            autoFocus
            maxLength={100}
            value={name}
            onChange={({ target }) => setName(target.value)}
            onPressEnter={() => (name.trim() === '' ? undefined : saving.mutate())}
          />
        </Form.Item>
        <Checkbox checked={isShared} onChange={({ target }) => setShared(target.checked)}>
          {say(SHARE)}
        </Checkbox>
      </Form>
      {saving.isError ? <ProblemView error={saving.error} again={() => saving.mutate()} /> : null}
    </Modal>
  )
}

/** Where the list begins is no part of a view; and another program may have kept more than texts. */
const filtersOf = ({ after: _, ...search }: Record<string, unknown>): Filters =>
  Object.fromEntries(
    Object.entries(search).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
    ),
  )

const sameFilters = (one: Filters, other: Filters): boolean => {
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key])
}

/** The same name on the same page is the same view. */
async function codeOf(page: string, name: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(name))
  const hex = [...new Uint8Array(hash, 0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${page.slice(0, 40)}.${hex}`
}

const VIEW = words('视图', 'View')
const OWN = words('我的视图', 'My views')
const SHARED = words('共享的视图', 'Shared views')
const SAVE = words('保存当前视图', 'Save this view')
const REMOVE = words('删除视图', 'Remove view')
const CANCEL = words('取消', 'Cancel')
const NAME = words('名称', 'Name')
const SAME_NAME = words('同名的视图会被替换', 'A view of the same name is replaced')
const SHARE = words('共享给所有人', 'Share with everybody')
