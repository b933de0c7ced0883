import { useQuery } from '@tanstack/react-query'
import { Checkbox, Form, Input, Select } from 'antd'
import { answerOf, api } from '../api/client'
import { useSaid } from '../shell/session'
import { words, type Words } from '../texts'
import type { Field, Kind, Option, Subject } from './define-action'
import { fieldWords } from './field-words'

const WIDE: ReadonlySet<Kind> = new Set(['json', 'long'])

interface FieldProps {
  field: Field
  subject: Subject
  currency: string
  fault: Words | undefined
}

/** One field of a dialog, with its fault beneath it. */
export function ActionField({ field, subject, currency, fault }: FieldProps) {
  const say = useSaid()
  const { name, kind, label, hint, needed } = field
  if (kind === 'serial') return null
  return (
    <Form.Item
      name={name}
      label={say(label ?? fieldWords(name.split('.').at(-1)!))}
      extra={hint === undefined ? undefined : say(hint)}
      className={WIDE.has(kind) ? 'wide-field' : undefined}
      required={needed === true}
      valuePropName={kind === 'yes' ? 'checked' : 'value'}
      {...(fault === undefined ? {} : { help: say(fault), validateStatus: 'error' as const })}
    >
      <Control field={field} subject={subject} currency={currency} />
    </Form.Item>
  )
}

type Held = Omit<FieldProps, 'fault'> & { id?: string; value?: never; onChange?: (value: never) => void }
const TYPES: Partial<Record<Kind, string>> = { date: 'date', instant: 'datetime-local' }

function Control({ field, subject, currency, ...held }: Held) {
  const { kind } = field
  if (kind === 'choice' || kind === 'many' || field.options !== undefined)
    return <Choice field={field} subject={subject} {...held} />
  if (kind === 'tags')
    return <Select {...held} mode="tags" tokenSeparators={[',', '，', ' ', '\n']} open={false} suffixIcon={null} />
  if (kind === 'yes') return <Checkbox {...(held as object)} />
  // Not with autoSize: it measures with an inline style, which our policy refuses.
  if (kind === 'long') return <Input.TextArea {...held} rows={3} />
  if (kind === 'json') return <Input.TextArea {...held} rows={8} className="typed-json" spellCheck={false} />
  if (kind === 'file') return <FileControl {...held} />
  if (kind === 'secret') return <Input {...held} autoComplete="off" />
  if (kind === 'money' || kind === 'percent' || kind === 'count')
    return (
      <Input {...held} inputMode="decimal" autoComplete="off" suffix={<Suffix kind={kind} currency={currency} />} />
    )
  return <Input {...held} type={TYPES[kind] ?? 'text'} autoComplete="off" />
}

function Suffix({ kind, currency }: { kind: Kind; currency: string }) {
  const say = useSaid()
  if (kind === 'percent') return '%'
  if (kind === 'count') return null
  return currency === 'CNY' ? say(YUAN) : currency
}

function Choice({ field, subject, ...held }: Omit<Held, 'currency'>) {
  const say = useSaid()
  const { kind, options = [], optionsFrom } = field
  const given: readonly Option[] = typeof options === 'function' ? options(subject) : options
  const asked = useQuery({
    queryKey: ['options', optionsFrom?.from],
    queryFn: () =>
      answerOf<Record<string, Subject[]>>(
        api.GET(optionsFrom!.from as never, { params: { query: { limit: 200 } } } as never) as never,
      ),
    enabled: optionsFrom !== undefined,
  })
  const rows = optionsFrom === undefined ? [] : (asked.data?.[optionsFrom.rows] ?? [])
  const choices = [
    ...given.map(({ value, label }) => ({ value, label: label === undefined ? value : say(label) })),
    ...rows.map((row) => {
      const value = String(row[optionsFrom!.value])
      if (optionsFrom!.isWords) return { value, label: say(row as unknown as Words) }
      const name = row[optionsFrom!.name ?? '']
      return { value, label: name === undefined ? value : `${String(name)} (${value})` }
    }),
  ]
  return (
    <Select
      {...held}
      mode={kind === 'choice' ? undefined : kind === 'many' ? 'multiple' : 'tags'}
      maxCount={field.most}
      allowClear={field.needed !== true}
      showSearch={choices.length > 8 ? { optionFilterProp: 'label' } : false}
      loading={asked.isFetching}
      options={choices}
    />
  )
}

function FileControl({ id, onChange }: Pick<Held, 'id' | 'onChange'>) {
  return (
    <input
      type="file"
      id={id}
      onChange={({ target }) => (onChange as ((file: File | undefined) => void) | undefined)?.(target.files?.[0])}
    />
  )
}

const YUAN = words('元', 'yuan')
