import { Input } from 'antd'
import { useSaid } from '../../shell/session'
import type { Words } from '../../texts'

interface Props {
  name: string
  label: Words
  type?: 'text' | 'date'
  isNeeded?: boolean
  value: string | undefined
  onChange: (change: Record<string, string | undefined>) => void
}

/** A filter of a report; it goes into the address when it is left, or with Enter. */
export function Field({ name, label, type = 'text', isNeeded = false, value, onChange }: Props) {
  const say = useSaid()
  const done = (typed: string) => {
    const next = typed.trim() || undefined
    if (next !== value) onChange({ [name]: next })
  }
  return (
    <Input
      key={value ?? ''}
      type={type}
      aria-label={say(label)}
      aria-required={isNeeded}
      placeholder={`${say(label)}${isNeeded ? ' *' : ''}`}
      style={{ width: type === 'date' ? 150 : 170 }}
      allowClear={type === 'text' && !isNeeded}
      defaultValue={value}
      onPressEnter={({ currentTarget }) => done(currentTarget.value)}
      onBlur={({ currentTarget }) => done(currentTarget.value)}
    />
  )
}
