import { Form, Input, Select } from 'antd'
import { countOf, fenOf, percentOf, ppmOf, yuanOf } from '../../kit/typed'
import { useSaid, useSession } from '../../shell/session'
import { words } from '../../texts'

/** One parameter of a rule template, as its JSON Schema has it. */
export interface Parameter {
  type: string
  format?: string
  title: string
  titleZh?: string
  description?: string
  descriptionZh?: string
  enum?: (string | number)[]
  words?: { en: string; 'zh-CN': string }[]
  default?: unknown
  items?: Parameter
}

interface Unit {
  read: (text: string) => number | undefined
  write: (value: number) => string
  suffix: { zh: string; en: string }
}
const UNITS: Readonly<Record<string, Unit>> = {
  fen: { read: (text) => fenOf(text), write: (fen) => yuanOf(fen), suffix: words('元', 'yuan') },
  ppm: { read: ppmOf, write: percentOf, suffix: words('%', '%') },
  count: { read: countOf, write: String, suffix: words('', '') },
}
const unitOf = ({ type, format }: Parameter): Unit | undefined =>
  type === 'integer' ? (UNITS[format ?? 'count'] ?? UNITS['count']) : undefined

/** As it stands in the form: amounts in yuan, rates in per cent. */
export function shownOf(parameter: Parameter, value: unknown): unknown {
  const unit = unitOf(parameter)
  return unit !== undefined && typeof value === 'number' && parameter.enum === undefined ? unit.write(value) : value
}

/** As the API takes it; undefined: left out. What is no number is sent as it was typed: the API says what is wrong. */
export function sentOf(parameter: Parameter, shown: unknown): unknown {
  if (shown === undefined || shown === null || shown === '') return undefined
  if (Array.isArray(shown) && shown.length === 0) return undefined
  const unit = unitOf(parameter)
  if (unit === undefined || typeof shown !== 'string' || parameter.enum !== undefined) return shown
  return unit.read(shown) ?? shown
}

export function ParameterField({
  name,
  parameter,
  error,
}: {
  name: string
  parameter: Parameter
  error: string | undefined
}) {
  const say = useSaid()
  const { title, titleZh = title, description, descriptionZh = description } = parameter
  return (
    <Form.Item
      name={name}
      label={say({ en: title, zh: titleZh })}
      extra={description === undefined ? undefined : say({ en: description, zh: descriptionZh ?? description })}
      validateStatus={error === undefined ? '' : 'error'}
      help={error}
    >
      <Field parameter={parameter} />
    </Form.Item>
  )
}

function Field({ parameter, ...field }: { parameter: Parameter; id?: string; value?: never; onChange?: never }) {
  const { language } = useSession()
  const say = useSaid()
  const { enum: options, words: texts, type, format } = parameter
  if (options !== undefined)
    return (
      <Select
        {...field}
        allowClear
        options={options.map((value, i) => ({ value, label: texts?.[i]?.[language] ?? String(value) }))}
      />
    )
  if (type === 'array') {
    const of = parameter.items?.enum
    const labels = parameter.items?.words
    return of === undefined ? (
      <Select {...field} mode="tags" tokenSeparators={[',', '，', ' ', '\n']} open={false} suffixIcon={null} />
    ) : (
      <Select
        {...field}
        mode="multiple"
        options={of.map((value, i) => ({ value, label: labels?.[i]?.[language] ?? String(value) }))}
      />
    )
  }
  const unit = unitOf(parameter)
  if (unit !== undefined) return <Input {...field} inputMode="decimal" suffix={say(unit.suffix)} />
  return <Input {...field} type={format === 'date' ? 'date' : 'text'} />
}
