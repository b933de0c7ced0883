import { Input } from 'antd'
import { useState } from 'react'
import { shownOf, typedOf, type Widget } from './field'

interface Props {
  id: string
  widget: Widget
  value: unknown
  currency: string
  suffix?: string
  isReadOnly: boolean
  label?: string
  onChange: (value: unknown) => void
}

/** An input that keeps what is being typed ("1." is on its way to "1.5") and takes over what comes from elsewhere. */
export function TypedInput({ id, widget, value, currency, suffix, isReadOnly, label, onChange }: Props) {
  const [text, setText] = useState(() => shownOf(widget, value, currency))
  const isOwn = Object.is(typedOf(widget, text, currency), value)
  const shown = isOwn ? text : shownOf(widget, value, currency)
  const isNumber = widget === 'yuan' || widget === 'percent' || widget === 'count'
  const isDate = widget === 'date' && /^(\d{4}-\d\d-\d\d)?$/.test(shown)
  return (
    <Input
      id={id}
      value={shown}
      disabled={isReadOnly}
      type={isDate ? 'date' : 'text'}
      {...(isNumber ? { inputMode: 'decimal' as const } : {})}
      {...(widget === 'clock' ? { placeholder: 'HH:MM' } : {})}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(suffix === undefined ? {} : { suffix })}
      onChange={({ target }) => {
        setText(target.value)
        onChange(typedOf(widget, target.value, currency))
      }}
    />
  )
}
