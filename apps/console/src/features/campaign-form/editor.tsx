import { Alert, App, Button, Card, Col, Flex, Form, Row, Tabs } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { ProblemView } from '../../kit/problem-view'
import { may, useSaid, useSession } from '../../shell/session'
import { words } from '../../texts'
import { Sentences } from '../campaigns/sentences'
import { useCheck } from './check'
import { EditingContext } from './context'
import { listOf, partOf, valueAt, withValue } from './document'
import { dropDraft, keepDraft, keptDraft } from './draft'
import { JsonTab } from './json-tab'
import { Sections } from './sections'
import { placeOfPath, type Place } from './sections-place'
import { Findings } from './side'
import { TryPayment } from './try-payment'
import { useStore } from './store'

interface Props {
  start: unknown
  /** Of the campaign that gets another version; absent: a new one. */
  code?: string
  version?: number
}

/** What is being written: restored if there is a draft, and kept as one. */
function useDocument({ start, code, version }: Props) {
  const { me } = useSession()
  const draftOf = code ?? 'new'
  const [draft] = useState(() => keptDraft(me.id, draftOf))
  const isNewer = draft !== undefined && JSON.stringify(draft.document) !== JSON.stringify(start)
  const [document, setDocument] = useState<unknown>(() => (isNewer ? draft.document : start))
  const [isRestored, setRestored] = useState(isNewer)
  useEffect(() => {
    if (document === start) return
    keepDraft(me.id, draftOf, { document, ...(version === undefined ? {} : { version }) })
  }, [document, start, me.id, draftOf, version])
  const startAgain = () => {
    dropDraft(me.id, draftOf)
    setRestored(false)
    setDocument(start)
  }
  return { document, setDocument, draftOf, isRestored, isOlder: isRestored && draft?.version !== version, startAgain }
}

/** Left the form, or its JSON; right what it does, what is wrong or odd about it, and a payment to try. */
export function Editor(props: Props) {
  const { code, version } = props
  const { me } = useSession()
  const written = useDocument(props)
  const { document, setDocument, draftOf } = written
  const [isTried, setTried] = useState(code !== undefined)
  const [place, setPlace] = useState<Place>({ offer: 0, opened: {} })
  const [tab, setTab] = useState('form')
  const check = useCheck(document)
  const isReadOnly = !may(me, ['campaigns.make'])
  const store = useStore({ document, code, version, draftOf })
  const errors = store.errors.length > 0 ? store.errors : check.errors
  const editing = useMemo(() => {
    const currency = partOf(document)['currency']
    return {
      document,
      edit: (path: string, value: unknown) => setDocument((before: unknown) => edited(before, path, value)),
      currency: typeof currency === 'string' ? currency : 'CNY',
      errors,
      isTried,
      isReadOnly,
    }
  }, [document, setDocument, errors, isTried, isReadOnly])
  const go = (path: string) => {
    setTab('form')
    setTried(true)
    setPlace((before) => placeOfPath(path, before))
    setTimeout(() => focusAt(path), 150)
  }
  return (
    <EditingContext value={editing}>
      <Restored {...written} />
      <Row gutter={16}>
        <Col span={14}>
          <Written {...{ tab, setTab, place, setPlace, document, setDocument }} />
        </Col>
        <Col span={10}>
          <Flex vertical gap={12} className="beside">
            <Save
              store={store}
              errorCount={check.errors.length}
              isReadOnly={isReadOnly}
              onTry={() => setTried(true)}
              onGo={() => go(check.errors[0]!.path)}
            />
            <Sentences document={document} />
            <Findings {...check} errors={errors} onGo={go} />
            <TryPayment document={document} />
          </Flex>
        </Col>
      </Row>
    </EditingContext>
  )
}

function Restored({ isRestored, isOlder, startAgain }: ReturnType<typeof useDocument>) {
  const say = useSaid()
  if (!isRestored) return null
  const action = (
    <Button size="small" onClick={startAgain}>
      {say(START_AGAIN)}
    </Button>
  )
  return <Alert type={isOlder ? 'warning' : 'info'} title={say(isOlder ? OLDER : RESTORED)} action={action} />
}

interface WrittenProps {
  tab: string
  setTab: (tab: string) => void
  place: Place
  setPlace: (place: Place) => void
  document: unknown
  setDocument: (document: unknown) => void
}
function Written({ tab, setTab, place, setPlace, document, setDocument }: WrittenProps) {
  const say = useSaid()
  return (
    <Form layout="vertical" component="div" className="campaign-form">
      <Tabs
        size="small"
        activeKey={tab}
        onChange={setTab}
        destroyOnHidden
        items={[
          { key: 'form', label: say(FORM), children: <Sections place={place} onPlace={setPlace} /> },
          { key: 'json', label: 'JSON', children: <JsonTab document={document} onChange={setDocument} /> },
        ]}
      />
    </Form>
  )
}

/** The one offer of a new campaign is called like it, until somebody calls it otherwise. */
function edited(before: unknown, path: string, value: unknown): unknown {
  const after = withValue(before, path, value)
  const isNamedAlike =
    path === 'name' &&
    listOf(valueAt(before, 'offers')).length === 1 &&
    valueAt(before, 'offers[0].name') === valueAt(before, 'name')
  return isNamedAlike ? withValue(after, 'offers[0].name', value) : after
}

function focusAt(path: string): void {
  let at = path
  while (at !== '' && document.getElementById(at) === null) at = at.replace(/(\.[^.[]+|\[\d+\]|^[^.[]+)$/, '')
  const found = document.getElementById(at)
  found?.scrollIntoView({ block: 'center' })
  found?.focus()
}

interface SaveProps {
  store: ReturnType<typeof useStore>
  errorCount: number
  isReadOnly: boolean
  onTry: () => void
  onGo: () => void
}
function Save({ store, errorCount, isReadOnly, onTry, onGo }: SaveProps) {
  const say = useSaid()
  const { message } = App.useApp()
  const handIn = () => {
    onTry()
    if (errorCount === 0) return store.save()
    void message.warning(say(MEND))
    onGo()
  }
  return (
    <Card size="small">
      <Flex vertical gap={8}>
        <Flex gap={12} align="center">
          <Button type="primary" loading={store.isSaving} disabled={isReadOnly} onClick={handIn}>
            {say(HAND_IN)}
          </Button>
          {errorCount === 0 ? (
            <span className="quiet">{say(isReadOnly ? MAY_NOT : THEN)}</span>
          ) : (
            <button type="button" className="link" onClick={onGo}>
              {say(TO_MEND)} {errorCount}
            </button>
          )}
        </Flex>
        {store.failure === null ? null : <ProblemView error={store.failure} />}
      </Flex>
    </Card>
  )
}

const FORM = words('表单', 'Form')
const HAND_IN = words('提交审核', 'Hand in for approval')
const THEN = words('另一人批准后生效', 'It takes effect once another person approves it')
const MAY_NOT = words('您没有编写活动的权限', 'Your roles do not write campaigns')
const MEND = words('还有要修正的地方', 'Something is to be mended first')
const TO_MEND = words('还需填写或修正：', 'To fill in or mend:')
const RESTORED = words('已恢复您上次未提交的内容', 'What you had not handed in is back')
const START_AGAIN = words('放弃，重新开始', 'Drop it, start again')
const OLDER = words('这份草稿依据的版本已不是最新', 'This draft stands on a version that is not the newest any more')
