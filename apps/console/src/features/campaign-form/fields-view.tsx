import { Button, Col, Flex, Form, Row } from 'antd'
import { percentOf } from '../../kit/typed'
import { useSaid, useSession } from '../../shell/session'
import { said, words } from '../../texts'
import { useEditing } from './context'
import { inside, listOf, partOf, valueAt, type Json } from './document'
import type { Field } from './field'
import { FieldInput } from './field-input'
import { visible } from './visible'

/** The fields of a part, as they stand in the table. */
export function Fields({ fields, path }: { fields: readonly Field[]; path: string }) {
  const { document } = useEditing()
  return (
    <Row gutter={12}>
      {visible(fields, valueAt(document, path)).map((field) => (
        <Col key={field.key} span={spanOf(field, valueAt(document, inside(path, field.key)))}>
          {field.widget === 'rows' ? <Rows field={field} at={path} /> : <One field={field} at={path} />}
        </Col>
      ))}
    </Row>
  )
}

/** A draw has several numbers, and a line of its own. */
const spanOf = (field: Field, value: unknown): number =>
  field.widget === 'drawn' && typeof value === 'object' ? 24 : (field.span ?? 24)

/** What the API says of a field: of itself and of what is inside it. */
function useFaults(path: string, isInside: (rest: string) => boolean): string | undefined {
  const { errors, isTried, document } = useEditing()
  const { language } = useSession()
  const isGap = valueAt(document, path) === undefined
  if (isGap && !isTried) return undefined
  const faults = errors.filter((error) => error.path.startsWith(path) && isInside(error.path.slice(path.length)))
  if (faults.length === 0) return undefined
  const texts = faults.map(({ message, messageZh = message }) => said({ en: message, zh: messageZh }, language))
  return [...new Set(texts)].slice(0, 3).join('；')
}

function One({ field, at }: { field: Field; at: string }) {
  const say = useSaid()
  const { document, edit } = useEditing()
  const path = inside(at, field.key)
  const value = valueAt(document, path)
  const isOpen = field.widget === 'drawn' && typeof value === 'object'
  const fault = useFaults(path, (rest) => rest === '' || /^[.[]/.test(rest))
  const onChange = (next: unknown) =>
    field.turns === undefined ? edit(path, next) : edit(at, field.turns(partOf(valueAt(document, at)), next))
  return (
    <Form.Item
      label={say(field.label)}
      {...(isOpen ? {} : { htmlFor: path })}
      {...(field.hint === undefined ? {} : { extra: say(field.hint) })}
      {...(fault === undefined ? {} : { help: fault, validateStatus: 'error' as const })}
    >
      <FieldInput field={field} path={path} value={value} onChange={onChange} />
    </Form.Item>
  )
}

function Rows({ field, at }: { field: Field; at: string }) {
  const say = useSaid()
  const { document, edit, isReadOnly } = useEditing()
  const path = inside(at, field.key)
  const rows = listOf(valueAt(document, path))
  const fault = useFaults(path, (rest) => /^(\[\d+\])?$/.test(rest))
  const add = (row: unknown) => edit(path, [...rows, row])
  const remove = (i: number) => edit(path, rows.length === 1 ? undefined : rows.filter((_, j) => j !== i))
  return (
    <Form.Item
      label={say(field.label)}
      className="rows"
      {...(field.hint === undefined ? {} : { extra: say(field.hint) })}
      {...(fault === undefined ? {} : { help: fault, validateStatus: 'error' as const })}
    >
      <Flex vertical gap={8} role="group" aria-label={say(field.label)} id={path} tabIndex={-1}>
        {rows.map((_, i) => (
          <Flex key={i} gap={8} className="row">
            <div style={{ flex: 1 }}>
              <Fields fields={field.fields ?? []} path={`${path}[${i}]`} />
            </div>
            <Button
              size="small"
              disabled={isReadOnly}
              aria-label={`${say(REMOVE)} ${say(field.label)} ${i + 1}`}
              onClick={() => remove(i)}
            >
              {say(REMOVE)}
            </Button>
          </Flex>
        ))}
        <Flex gap={8} wrap align="center">
          {(field.presets ?? []).map(({ label, row }) => (
            <Button key={label.en} size="small" disabled={isReadOnly} onClick={() => add(structuredClone(row))}>
              + {say(label)}
            </Button>
          ))}
          <Button size="small" type="dashed" disabled={isReadOnly} onClick={() => add(field.fresh?.())}>
            + {say(field.presets === undefined ? ADD : OTHER)}
          </Button>
          {field.key === 'funders' && rows.length > 0 ? <Sum rows={rows.map(partOf)} /> : null}
        </Flex>
      </Flex>
    </Form.Item>
  )
}

const WHOLE_PPM = 1_000_000
function Sum({ rows }: { rows: readonly Json[] }) {
  const say = useSaid()
  const sum = rows.reduce((whole, { sharePpm }) => whole + (typeof sharePpm === 'number' ? sharePpm : 0), 0)
  return (
    <span className={sum === WHOLE_PPM ? 'quiet' : 'fault'} role="status">
      {say(SUM)} {percentOf(sum)}%{sum === WHOLE_PPM ? ' ✓' : ` ≠ 100%`}
    </span>
  )
}

const REMOVE = words('删除', 'Remove')
const ADD = words('增加', 'Add')
const OTHER = words('自定义', 'Another')
const SUM = words('合计', 'Together')
