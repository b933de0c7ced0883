import { Button, Col, Flex, Row, Segmented } from 'antd'
import { useSaid } from '../../shell/session'
import { words, type Words } from '../../texts'
import { useEditing } from './context'
import { listOf, partOf, type Json } from './document'
import type { Field } from './field'
import { TypedInput } from './typed-input'

type Way = 'fixed' | 'random' | 'layers'
const wayOf = (value: unknown): Way =>
  typeof value !== 'object' || value === null ? 'fixed' : 'layers' in value ? 'layers' : 'random'

interface Props {
  field: Field
  path: string
  value: unknown
  onChange: (value: unknown) => void
}

/** One amount or rate; or one that is drawn from a span, or from layers of spans by weight. */
export function Drawn({ field, path, value, onChange }: Props) {
  const { currency, isReadOnly } = useEditing()
  const say = useSaid()
  const way = wayOf(value)
  const widget = field.unit!
  return (
    <Flex vertical gap={4}>
      <Segmented
        size="small"
        aria-label={say(WAY)}
        disabled={isReadOnly}
        value={way}
        options={(['fixed', 'random', 'layers'] as const).map((one) => ({ value: one, label: say(WAYS[one]) }))}
        onChange={(next) => onChange(turned(value, next))}
      />
      {way === 'fixed' ? (
        <TypedInput
          {...{ id: path, widget, value, currency, isReadOnly, onChange }}
          suffix={widget === 'yuan' ? (currency === 'CNY' ? say(YUAN) : currency) : '%'}
        />
      ) : way === 'random' ? (
        <Span {...{ widget, path, span: partOf(value), onChange }} />
      ) : (
        <Layers {...{ widget, path, draw: partOf(value), onChange }} />
      )}
    </Flex>
  )
}

/** From one way to another with the numbers that are there. */
function turned(value: unknown, way: Way): unknown {
  const first = typeof value === 'object' && value !== null ? (listOf(partOf(value)['layers'])[0] ?? value) : undefined
  const { min, max, step } = partOf(first)
  const [low, high] = first === undefined ? [value, value] : [min, max]
  const span = { min: low, max: high, ...(step === undefined ? {} : { step }) }
  if (way === 'fixed') return low
  return way === 'random' ? span : { layers: [{ weight: 1, ...span }] }
}

interface SpanProps {
  widget: 'yuan' | 'percent'
  path: string
  span: Json
  onChange: (span: Json) => void
  withWeight?: true
}
function Span({ widget, path, span, onChange, withWeight }: SpanProps) {
  const { currency, isReadOnly } = useEditing()
  const say = useSaid()
  const keys =
    withWeight === undefined ? (['min', 'max', 'step'] as const) : (['weight', 'min', 'max', 'step'] as const)
  return (
    <Row gutter={4}>
      {keys.map((key) => (
        <Col key={key} span={24 / keys.length}>
          <div className="quiet">{say(SPAN[key])}</div>
          <TypedInput
            id={`${path}.${key}`}
            label={say(SPAN[key])}
            widget={key === 'weight' ? 'count' : widget}
            value={span[key]}
            currency={currency}
            isReadOnly={isReadOnly}
            onChange={(next) => onChange(next === undefined ? without(span, key) : { ...span, [key]: next })}
          />
        </Col>
      ))}
    </Row>
  )
}

function Layers({ widget, path, draw, onChange }: Omit<SpanProps, 'span'> & { draw: Json }) {
  const say = useSaid()
  const { isReadOnly } = useEditing()
  const layers = listOf(draw['layers']).map(partOf)
  const put = (next: Json[]) => onChange({ ...draw, layers: next })
  return (
    <Flex vertical gap={4}>
      {layers.map((layer, i) => (
        <Flex key={i} gap={4} align="end">
          <div style={{ flex: 1 }}>
            <Span
              {...{ widget, span: layer, withWeight: true, path: `${path}.layers[${i}]` }}
              onChange={(next) => put(layers.map((one, j) => (j === i ? next : one)))}
            />
          </div>
          <Button size="small" disabled={isReadOnly} onClick={() => put(layers.filter((_, j) => j !== i))}>
            {say(REMOVE)}
          </Button>
        </Flex>
      ))}
      <Button size="small" disabled={isReadOnly} onClick={() => put([...layers, { ...layers.at(-1), weight: 1 }])}>
        {say(ADD_LAYER)}
      </Button>
    </Flex>
  )
}

function without(part: Json, key: string): Json {
  const { [key]: _, ...rest } = part
  return rest
}

const YUAN = words('元', 'yuan')
const WAY = words('固定或随机', 'Fixed or random')
const WAYS: Readonly<Record<Way, Words>> = {
  fixed: words('固定', 'fixed'),
  random: words('随机', 'random'),
  layers: words('分层', 'layers'),
}
const SPAN = {
  weight: words('权重', 'Weight'),
  min: words('最少', 'Least'),
  max: words('最多', 'Most'),
  step: words('步长', 'Step'),
}
const REMOVE = words('删除', 'Remove')
const ADD_LAYER = words('增加一层', 'Add a layer')
