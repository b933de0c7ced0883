import { Button, Card, Flex, Tabs } from 'antd'
import { useSaid } from '../../shell/session'
import { words } from '../../texts'
import { freshOffer } from './benefits'
import { useEditing } from './context'
import { listOf, partOf, valueAt } from './document'
import type { Section } from './field'
import { CAMPAIGN } from './fields-campaign'
import { OFFER } from './fields-offer'
import { Fields } from './fields-view'
import type { Place } from './sections-place'
import { isSet, unshown } from './visible'

interface Props {
  place: Place
  onPlace: (place: Place) => void
}

export function Sections({ place, onPlace }: Props) {
  const say = useSaid()
  const { document } = useEditing()
  const unknown = unshown(document)
  return (
    <Flex vertical gap={12}>
      <Part sections={CAMPAIGN} path="" place={place} onPlace={onPlace} />
      <Offers place={place} onPlace={onPlace} />
      {unknown.length === 0 ? null : (
        <Card size="small" title={say(UNKNOWN)}>
          {unknown.map((path) => (
            <div key={path}>
              <code>{path}</code>: <code>{JSON.stringify(valueAt(document, path))}</code>
            </div>
          ))}
        </Card>
      )}
    </Flex>
  )
}

function Part({ sections, path, place, onPlace }: Props & { sections: readonly Section[]; path: string }) {
  const say = useSaid()
  const { document, errors, isTried } = useEditing()
  const part = valueAt(document, path)
  return sections.map((section) => {
    const key = `${path} ${section.key}`
    const prefix = path === '' ? '' : `${path}.`
    const isWrong =
      isTried && section.fields.some((field) => errors.some((error) => error.path.startsWith(prefix + field.key)))
    if (section.isShut !== true)
      return (
        <Card key={key} size="small" title={<h2 className="section">{say(section.title)}</h2>}>
          <Fields fields={section.fields} path={path} />
        </Card>
      )
    const isOpen = place.opened[key] ?? (isSet(section, part) || isWrong)
    return (
      <details
        key={key}
        open={isOpen}
        className="section"
        onToggle={({ currentTarget: { open } }) => {
          if (open !== isOpen) onPlace({ ...place, opened: { ...place.opened, [key]: open } })
        }}
      >
        <summary>
          {say(section.title)}
          {isSet(section, part) ? null : <span className="quiet"> · {say(UNSET)}</span>}
        </summary>
        {isOpen ? <Fields fields={section.fields} path={path} /> : null}
      </details>
    )
  })
}

function Offers({ place, onPlace }: Props) {
  const say = useSaid()
  const { document, edit, isReadOnly } = useEditing()
  const offers = listOf(valueAt(document, 'offers')).map(partOf)
  const shown = Math.min(place.offer, Math.max(0, offers.length - 1))
  const show = (offer: number) => onPlace({ ...place, offer })
  const add = () => {
    edit('offers', [...offers, freshOffer(codeAfter(document, offers))])
    show(offers.length)
  }
  const remove = () => {
    edit(`offers[${shown}]`, undefined)
    show(Math.max(0, shown - 1))
  }
  return (
    <Flex vertical gap={12} role="group" aria-label={say(OFFERS)}>
      <Flex gap={8} justify="space-between" align="center">
        <h2 className="section">{say(OFFERS)}</h2>
        <Flex gap={8}>
          <Button size="small" disabled={isReadOnly || offers.length < 2} onClick={remove}>
            {say(REMOVE)}
          </Button>
          <Button size="small" disabled={isReadOnly} onClick={add}>
            + {say(ADD)}
          </Button>
        </Flex>
      </Flex>
      <Tabs
        size="small"
        activeKey={String(shown)}
        onChange={(key) => show(Number(key))}
        items={offers.map(({ name, code }, i) => ({
          key: String(i),
          label: `${say(OFFER_WORD)} ${i + 1} ${String(name ?? code ?? '')}`.slice(0, 40),
          children: i === shown ? <OfferPart {...{ place, onPlace }} path={`offers[${i}]`} /> : null,
        }))}
      />
    </Flex>
  )
}

const OfferPart = (props: Props & { path: string }) => (
  <Flex vertical gap={12}>
    <Part sections={OFFER} {...props} />
  </Flex>
)

function codeAfter(document: unknown, offers: readonly { code?: unknown }[]): string {
  const campaign = String(partOf(document)['code'] ?? 'OFFER')
  const taken = new Set(offers.map(({ code }) => code))
  let n = offers.length + 1
  while (taken.has(`${campaign}-${n}`)) n += 1
  return `${campaign}-${n}`
}

const UNKNOWN = words('表单未列出的内容（原样保留，可在 JSON 中修改）', 'What no field shows: it stays as it is; the JSON tab changes it') // prettier-ignore
const UNSET = words('未设置', 'not set')
const OFFERS = words('子活动', 'Offers')
const OFFER_WORD = words('子活动', 'Offer')
const ADD = words('增加子活动', 'Add an offer')
const REMOVE = words('删除此子活动', 'Remove this offer')
