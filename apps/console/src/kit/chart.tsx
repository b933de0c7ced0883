import { decimal } from '@lijian/contracts/shown'
import { useSaid } from '../shell/session'
import { words, type Words } from '../texts'
import './chart.css'
import { amountText } from './values'

export interface Series {
  name: Words
  values: readonly number[]
}
export interface ChartProps {
  title: Words
  /** `pie`: parts of a whole, drawn as bars with their shares, which are read more exactly than angles. */
  kind: 'bar' | 'line' | 'pie'
  categories: readonly string[]
  series: readonly Series[]
  /** Of the values; amounts are minor units of the currency, rates ppm. */
  type: string
  currency?: string | undefined
}
const [WIDTH, HEIGHT, FOOT, HEAD, LEFT] = [720, 180, 20, 14, 88]
/** Room that a label needs. */
const [LABEL, ROW, NAMES] = [84, 22, 200]
const A_DATE = /^\d{4}-\d\d(-\d\d)?/

/** A chart as vectors: each value says its number to whoever points at it; a table with the same numbers stands near. */
export function Chart(props: ChartProps) {
  const say = useSaid()
  const { title, series, type, currency, kind, categories } = props
  const isOfDates = categories.every((one) => A_DATE.test(one))
  return (
    <figure className="chart">
      <figcaption>
        {say(title)} {type === 'amount' ? `(${currency ?? 'CNY'})` : ''}{' '}
        {series.length < 2
          ? null
          : series.map(({ name }, i) => (
              <span key={name.en}>
                <span className={`key series${i % COLOURS}`} aria-hidden /> {say(name)}{' '}
              </span>
            ))}
      </figcaption>
      {categories.length === 0 ? (
        <p className="quiet">{say(NOTHING)}</p>
      ) : kind !== 'pie' && (kind === 'line' || isOfDates) ? (
        <OverTime {...props} />
      ) : (
        <Ranked {...props} />
      )}
    </figure>
  )
}
const COLOURS = 4

/** Values over dates, as bars side by side or as lines. What is below nothing stands below the line. */
function OverTime({ title, kind, categories, series, type, currency }: ChartProps) {
  const say = useSaid()
  const all = series.flatMap(({ values }) => values)
  const [least, most] = [Math.min(0, ...all), Math.max(1, ...all)]
  const step = (WIDTH - LEFT) / categories.length
  const every = Math.ceil(LABEL / step)
  const y = (value: number) => HEAD + ((most - value) * (HEIGHT - FOOT - HEAD)) / (most - least)
  const middle = (at: number) => LEFT + step * (at + 0.5)
  const width = (step * 0.8) / series.length
  const told = (at: number, name: Words, value: number) =>
    `${categories[at]} ${say(name)}: ${valueText(value, type, currency)}`
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={say(title)}>
      {[most, 0, ...(least < 0 ? [least] : [])].map((value) => (
        <g key={value}>
          <text x={LEFT - 6} y={y(value) + 4} textAnchor="end">
            {valueText(value, type, currency)}
          </text>
          <line x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} className={value === 0 ? 'zero' : ''} />
        </g>
      ))}
      {series.map(({ name, values }, i) => (
        <g key={name.en} className={`series${i % COLOURS}`}>
          {kind === 'line' ? (
            <polyline points={values.map((value, at) => `${middle(at)},${y(value)}`).join(' ')} />
          ) : null}
          {values.map((value, at) =>
            kind === 'line' ? (
              <circle key={categories[at]} cx={middle(at)} cy={y(value)} r={values.length > DENSE ? 1.5 : 3}>
                <title>{told(at, name, value)}</title>
              </circle>
            ) : (
              <rect
                key={categories[at]}
                x={LEFT + step * (at + 0.1) + width * i}
                y={Math.min(y(value), y(0))}
                width={width}
                height={Math.abs(y(value) - y(0))}
              >
                <title>{told(at, name, value)}</title>
              </rect>
            ),
          )}
        </g>
      ))}
      {categories.map((category, at) =>
        at % every === 0 ? (
          <text key={category} x={middle(at)} y={HEIGHT - 4} textAnchor={at === 0 ? 'start' : 'middle'}>
            {category.slice(0, 10)}
          </text>
        ) : null,
      )}
    </svg>
  )
}
const DENSE = 60

/** Values of names, one bar beneath the other. */
function Ranked({ title, kind, categories, series, type, currency }: ChartProps) {
  const say = useSaid()
  const most = Math.max(1, ...series.flatMap(({ values }) => values.map(Math.abs)))
  const lines = categories.flatMap((category, at) =>
    series.map(({ name, values }, i) => ({ category, i, name, value: values[at] ?? 0 })),
  )
  const sum = lines.reduce((so, { value }) => so + value, 0)
  const room = WIDTH - NAMES - 150
  return (
    <svg viewBox={`0 0 ${WIDTH} ${lines.length * ROW + 4}`} role="img" aria-label={say(title)}>
      {lines.map(({ category, i, name, value }, line) => (
        <g key={`${category} ${name.en}`} className={`series${i % COLOURS}`}>
          {i === 0 ? (
            <text x={NAMES - 6} y={line * ROW + 15} textAnchor="end">
              {category.length > LONGEST ? `${category.slice(0, LONGEST - 1)}…` : category}
              <title>{category}</title>
            </text>
          ) : null}
          <rect x={NAMES} y={line * ROW + 3} width={(Math.abs(value) * room) / most} height={ROW - 6}>
            <title>{`${category} ${say(name)}: ${valueText(value, type, currency)}`}</title>
          </rect>
          <text x={NAMES + (Math.abs(value) * room) / most + 6} y={line * ROW + 15}>
            {valueText(value, type, currency)}
            {kind === 'pie' && sum > 0 ? ` · ${decimal(Math.round((value / sum) * 1000), 1)}%` : ''}
          </text>
        </g>
      ))}
    </svg>
  )
}
const LONGEST = 26

/** Of a report's types: amounts in yuan, rates in per cent. */
export const valueText = (value: number, type: string, currency = 'CNY'): string =>
  type === 'amount'
    ? amountText(value, currency)
    : type === 'rate'
      ? `${decimal(value, 4)}%`
      : value.toLocaleString('en', { maximumFractionDigits: 2 })

const NOTHING = words('没有数据', 'Nothing to draw')
