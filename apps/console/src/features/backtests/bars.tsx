import { amountText } from '../../kit/values'
import { useSaid } from '../../shell/session'
import type { Words } from '../../texts'

interface Series {
  name: Words
  values: readonly number[]
}
interface Props {
  title: Words
  days: readonly string[]
  series: readonly Series[]
  currency: string
}
const [WIDTH, HEIGHT, FOOT, LEFT] = [720, 180, 20, 72]
const LETTERS = 78

/** Amounts of days as bars; each says its number to whoever points at it, and the highest stands at the side. */
export function Bars({ title, days, series, currency }: Props) {
  const say = useSaid()
  const most = Math.max(1, ...series.flatMap(({ values }) => values))
  const step = (WIDTH - LEFT) / days.length
  const every = Math.ceil(LETTERS / step)
  const width = (step * 0.8) / series.length
  const tall = (value: number) => (Math.max(0, value) * (HEIGHT - FOOT - 8)) / most
  return (
    <figure className="bars">
      <figcaption>
        {say(title)} ({currency}){' '}
        {series.length < 2
          ? null
          : series.map(({ name }, i) => (
              <span key={name.en}>
                <span className={`key bar${i}`} aria-hidden /> {say(name)}{' '}
              </span>
            ))}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={say(title)}>
        <text x={LEFT - 6} y={14} textAnchor="end">
          {amountText(most, currency)}
        </text>
        <text x={LEFT - 6} y={HEIGHT - FOOT} textAnchor="end">
          0
        </text>
        <line x1={LEFT} x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
        {days.map((day, at) => (
          <g key={day}>
            {series.map(({ name, values }, i) => (
              <rect
                key={name.en}
                className={`bar${i}`}
                x={LEFT + step * at + step * 0.1 + width * i}
                y={HEIGHT - FOOT - tall(values[at] ?? 0)}
                width={width}
                height={tall(values[at] ?? 0)}
              >
                <title>{`${day} ${say(name)}: ${amountText(values[at] ?? 0, currency)}`}</title>
              </rect>
            ))}
            {at % every === 0 ? (
              <text x={LEFT + step * at} y={HEIGHT - 4}>
                {day}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
    </figure>
  )
}
