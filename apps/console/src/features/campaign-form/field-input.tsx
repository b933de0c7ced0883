import { AutoComplete, Input, Select } from 'antd'
import { useState } from 'react'
import { useSaid } from '../../shell/session'
import { words } from '../../texts'
import { useCodes } from './codes'
import { useEditing } from './context'
import { listOf } from './document'
import { Drawn } from './drawn'
import { codesOf, keyOf, valueOfKey, type Field } from './field'
import { TypedInput } from './typed-input'

interface Props {
  field: Field
  path: string
  value: unknown
  onChange: (value: unknown) => void
}

/** One field's input, by what its table says of it. */
export function FieldInput({ field, path, value, onChange }: Props) {
  const { currency, isReadOnly } = useEditing()
  switch (field.widget) {
    case 'choice':
    case 'choices':
      return <Choice field={field} path={path} value={value} onChange={onChange} />
    case 'chips':
      return <Chips field={field} path={path} value={value} onChange={onChange} />
    case 'code':
      return field.source === undefined ? (
        <TypedInput {...{ id: path, widget: field.widget, value, currency, isReadOnly, onChange }} />
      ) : (
        <Code field={field} path={path} value={value} onChange={onChange} />
      )
    case 'drawn':
      return <Drawn field={field} path={path} value={value} onChange={onChange} />
    default:
      return <Typed field={field} path={path} value={value} onChange={onChange} />
  }
}

function Typed({ field, path, value, onChange }: Props) {
  const { currency, isReadOnly } = useEditing()
  const say = useSaid()
  const unit = { yuan: currency === 'CNY' ? say(YUAN) : currency, percent: '%', count: say(TIMES) }
  const suffix = field.key === 'priority' ? undefined : unit[field.widget as keyof typeof unit]
  return (
    <TypedInput
      {...{ id: path, widget: field.widget, value, currency, isReadOnly, onChange }}
      {...(suffix === undefined ? {} : { suffix })}
    />
  )
}

function Choice({ field, path, value, onChange }: Props) {
  const { isReadOnly } = useEditing()
  const say = useSaid()
  const isMany = field.widget === 'choices'
  const chosen = isMany ? listOf(value) : value === undefined ? [] : [value]
  const known = (field.options ?? []).map(({ value: one, label }) => ({ value: keyOf(one), label: say(label) }))
  // A value that no option has is shown as it is.
  const strange = chosen
    .map(keyOf)
    .filter((key) => known.every((option) => option.value !== key))
    .map((key) => ({ value: key, label: key }))
  const common = { id: path, disabled: isReadOnly, options: [...known, ...strange], style: { width: '100%' } }
  if (isMany)
    return (
      <Select
        {...common}
        mode="multiple"
        value={chosen.map(keyOf)}
        placeholder={field.key === 'per' ? say(ALL) : say(ANY)}
        onChange={(keys: string[]) =>
          onChange(keys.length === 0 && field.key !== 'per' ? undefined : keys.map(valueOfKey))
        }
      />
    )
  return (
    <Select
      {...common}
      allowClear={field.turns === undefined}
      value={value === undefined ? undefined : keyOf(value)}
      placeholder={say(DEFAULT)}
      onChange={(key: string | undefined) => onChange(key === undefined ? undefined : valueOfKey(key))}
    />
  )
}

/** More stand in a box, a line each. */
const CHIPS_MAX = 50

function Chips({ field, path, value, onChange }: Props) {
  const { isReadOnly } = useEditing()
  const say = useSaid()
  const [isOpen, setOpen] = useState(false)
  const codes = useCodes(field.source, isOpen)
  const list = listOf(value)
  if (list.length > CHIPS_MAX)
    return (
      <Input.TextArea
        id={path}
        disabled={isReadOnly}
        rows={6}
        value={list.map(String).join('\n')}
        onChange={({ target }) => onChange(codesOf(target.value))}
      />
    )
  const known = (field.options ?? []).map((option) => ({ value: String(option.value), label: say(option.label) }))
  const options = [...known, ...codes]
  return (
    <Select
      id={path}
      mode="tags"
      style={{ width: '100%' }}
      disabled={isReadOnly}
      value={list.map(String)}
      options={options}
      placeholder={say(options.length > 0 || field.source !== undefined ? PICK : TYPE)}
      tokenSeparators={[',', '，', '、', ' ', '\n', ';']}
      onOpenChange={(open) => open && setOpen(true)}
      onChange={(chosen: string[]) => onChange(chosen.length === 0 ? undefined : chosen)}
    />
  )
}

/** One code, of those the API knows or another. */
function Code({ field, path, value, onChange }: Props) {
  const { isReadOnly } = useEditing()
  const say = useSaid()
  const [isOpen, setOpen] = useState(false)
  const codes = useCodes(field.source, isOpen)
  const known = (field.options ?? []).map((option) => ({ value: String(option.value), label: say(option.label) }))
  const options = [...codes, ...known]
  const text = value === undefined ? '' : String(value)
  return (
    <AutoComplete
      id={path}
      style={{ width: '100%' }}
      disabled={isReadOnly}
      value={text}
      options={
        options.some((option) => option.value === text) ? options : options.filter(({ label }) => label.includes(text))
      }
      placeholder={say(PICK)}
      onOpenChange={(open) => open && setOpen(true)}
      onChange={(typed: string) => onChange(typed.trim() === '' ? undefined : typed.trim())}
    />
  )
}

const YUAN = words('元', 'yuan')
const TIMES = words('次', 'uses')
const ALL = words('全部合计', 'all together')
const ANY = words('不限', 'any')
const DEFAULT = words('默认', 'default')
const PICK = words('选择或输入编码', 'choose or type codes')
const TYPE = words('输入后回车', 'type, then Enter')
