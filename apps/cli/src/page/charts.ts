import { both, escape, type Words } from './markup'
import { dateMarks, dateOf, dayNumber, ticks } from './scales'

/** SVG in the page: shapes carry their colours as classes, and their figures as `title`, which a browser shows on pointing. */
const WIDTH = 940
const AXIS = { left: 84, right: 16, top: 26, bottom: 26 }
const n = (value: number): string => String(Math.round(value * 100) / 100)

export type SideName = 'a' | 'b'

const svg = (width: number, height: number, label: Words, content: string): string =>
  `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(`${label.zh} ${label.en}`)}">${content}</svg>`

const text = (x: number, y: number, content: Words, classes: string): string =>
  both(content, 'text', classes, ` x="${n(x)}" y="${n(y)}"`)
const plain = (x: number, y: number, content: string, classes = ''): string =>
  text(x, y, { zh: content, en: content }, classes)
const line = (x1: number, y1: number, x2: number, y2: number, kind: string): string =>
  `<line class="${kind}" x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}"/>`

interface Plane {
  x(value: number): number
  y(value: number): number
  frame: string
}

function plane(
  size: { width: number; height: number },
  [from, to]: [number, number],
  [low, high]: [number, number],
  show: (value: number) => string,
): Plane {
  const marks = ticks(Math.min(0, low), Math.max(0, high))
  // A few fen below zero are not worth a whole step.
  const [bottom, top] = [Math.min(0, low), marks.at(-1)!]
  const right = size.width - AXIS.right
  const x = (value: number) => AXIS.left + ((value - from) / Math.max(to - from, 1)) * (right - AXIS.left)
  const y = (value: number) => AXIS.top + ((top - value) / (top - bottom || 1)) * (size.height - AXIS.top - AXIS.bottom)
  const rules = marks
    .filter((mark) => mark >= bottom)
    .map(
      (mark) =>
        line(AXIS.left, y(mark), right, y(mark), mark === 0 ? 'zero' : 'grid') +
        plain(AXIS.left - 6, y(mark) + 4, show(mark), 'end'),
    )
  return { x, y, frame: rules.join('') }
}

const dateAxis = (size: { width: number; height: number }, { x }: Plane, first: number, last: number): string =>
  dateMarks(first, last, size.width / 110)
    .filter(({ day }) => x(day) < size.width - 50)
    .map(
      ({ day, label }) =>
        line(x(day), size.height - AXIS.bottom, x(day), size.height - AXIS.bottom + 4, 'zero') +
        plain(x(day), size.height - 8, label, day - first < 3 ? '' : 'middle'),
    )
    .join('')

export interface Bar {
  start: number
  next: number
  label: string
  values: number[]
}

/** One bar, or one of each side, for each stretch of days. */
export function timeBars(label: Words, bars: readonly Bar[], show: (value: number) => string): string {
  const size = { width: WIDTH, height: 260 }
  const [first, last] = [bars[0]!.start, bars.at(-1)!.next]
  const values = bars.flatMap((bar) => bar.values)
  const field = plane(size, [first, last], [Math.min(...values), Math.max(...values)], show)
  const shapes = bars.flatMap(({ start, next, label: when, values: of }) =>
    of.map((value, i) => {
      if (value === 0) return ''
      const wide = field.x(next) - field.x(start)
      const [gap, width] = [Math.min(1, wide * 0.15), wide / of.length]
      const [top, bottom] = [field.y(Math.max(value, 0)), field.y(Math.min(value, 0))]
      const side = of.length > 1 ? ` ${'AB'[i]!}` : ''
      return `<rect class="${'ab'[i]!}" x="${n(field.x(start) + i * width)}" y="${n(top)}" width="${n(Math.max(width - gap, 0.3))}" height="${n(Math.max(bottom - top, 0.3))}"><title>${escape(`${when}${side}: ${show(value)}`)}</title></rect>` // prettier-ignore
    }),
  )
  return svg(size.width, size.height, label, field.frame + shapes.join('') + dateAxis(size, field, first, last - 1))
}

export interface Course {
  side: SideName
  points: { date: string; value: number }[]
  limit?: number
  ranOut?: string
}

/** What has been spent up to each day, the budget it may reach, and where it first refused somebody. */
export function courses(
  label: Words,
  list: readonly Course[],
  [first, last]: [number, number],
  show: (value: number) => string,
  isCompared: boolean,
): string {
  const size = { width: WIDTH / 2 - 10, height: 230 }
  const top = Math.max(...list.flatMap(({ points, limit }) => [limit ?? 0, ...points.map(({ value }) => value)]), 1)
  const low = Math.min(...list.flatMap(({ points }) => points.map(({ value }) => value)), 0)
  const field = plane(size, [first, last + 1], [low, top], show)
  const limits = [...new Set(list.flatMap(({ limit }) => (limit === undefined ? [] : [limit])))]
  const shapes = list.map(({ side, points, ranOut }) => {
    let [path, at] = [`M${n(field.x(first))} ${n(field.y(0))}`, 0]
    for (const { date, value } of points) {
      path += `H${n(field.x(dayNumber(date) + 1))}V${n(field.y(value))}`
      at = value
    }
    path += `H${n(field.x(last + 1))}`
    const title = `<title>${escape(`${side.toUpperCase()}: ${show(at)}`)}</title>`
    return `<path class="course ${side}" d="${path}">${title}</path>${ranOut === undefined ? '' : runOut(ranOut, side)}`
  })
  function runOut(when: string, side: SideName): string {
    const day = dayNumber(when)
    const value = list.find((course) => course.side === side)!.points.findLast(({ date }) => dayNumber(date) <= day)?.value ?? 0 // prettier-ignore
    const [x, y] = [field.x(day + 1), field.y(value)]
    const isLeft = x > size.width / 2
    return (
      line(x, y, x, size.height - AXIS.bottom, 'out') +
      `<circle class="out ${side}" cx="${n(x)}" cy="${n(y)}" r="4"><title>${escape(when)}</title></circle>` +
      plain(x + (isLeft ? -6 : 6), size.height - AXIS.bottom - (side === 'a' ? 8 : 24), `${isCompared ? `${side.toUpperCase()} ` : ''}${dateOf(day)}`, isLeft ? 'end red' : 'red') // prettier-ignore
    )
  }
  const budgetLines = limits.map((limit) => line(AXIS.left, field.y(limit), size.width - AXIS.right, field.y(limit), 'limit')) // prettier-ignore
  return svg(
    size.width,
    size.height,
    label,
    text(AXIS.left, 14, label, 'head') +
      field.frame +
      budgetLines.join('') +
      shapes.join('') +
      dateAxis(size, field, first, last),
  )
}

export interface Row {
  label: Words
  note?: string
  values: number[]
}

const LABELS = 300
const FIGURE = 110

/** Names with lying bars, the longest that of the largest value. */
export function lyingBars(label: Words, rows: readonly Row[], show: (value: number) => string): string {
  const sides = rows[0]?.values.length ?? 1
  const each = sides === 1 ? 24 : 34
  const most = Math.max(...rows.flatMap(({ values }) => values.map((value) => Math.abs(value))), 1)
  const room = WIDTH - LABELS - FIGURE
  const shapes = rows.map(({ label: name, note, values }, i) => {
    const y = i * each
    const bars = values.map((value, side) => {
      const [height, width] = [sides === 1 ? 16 : 13, (Math.abs(value) / most) * room]
      const top = y + 3 + side * (height + 1)
      const kind = value < 0 ? 'less' : 'ab'[side]!
      return (
        `<rect class="${kind}" x="${LABELS}" y="${n(top)}" width="${n(Math.max(width, value === 0 ? 0 : 0.5))}" height="${height}"/>` +
        plain(LABELS + width + 6, top + height - 3, show(value))
      )
    })
    const title = note === undefined ? '' : `<title>${escape(note)}</title>`
    return `<g>${title}${text(LABELS - 8, y + each / 2 + 4, short(name), 'end')}${bars.join('')}</g>`
  })
  return svg(
    WIDTH,
    rows.length * each + 4,
    label,
    line(LABELS, 0, LABELS, rows.length * each, 'zero') + shapes.join(''),
  )
}

const HALVES = 42
/** Cut where a name is too long for its place; a Chinese character takes two halves. */
function short({ zh, en }: Words): Words {
  const cut = (name: string) => {
    let [width, end] = [0, '']
    for (const c of name) {
      width += c.codePointAt(0)! >= 0x2e80 ? 2 : 1
      if (width > HALVES) return `${end}…`
      end += c
    }
    return name
  }
  return { zh: cut(zh), en: cut(en) }
}

/** Standing bars side by side, each with a word below. */
export function standingBars(label: Words, bars: readonly { name: string; values: number[] }[]): string {
  const size = { width: WIDTH, height: 240 }
  const show = (value: number) => value.toLocaleString('en')
  const field = plane(size, [0, bars.length], [0, Math.max(...bars.flatMap(({ values }) => values), 1)], show)
  const every = Math.ceil(bars.length / 16)
  const shapes = bars.map(({ name, values }, i) => {
    const wide = field.x(1) - field.x(0)
    const width = (wide * 0.86) / values.length
    const rects = values.map((value, side) => {
      const y = field.y(value)
      return `<rect class="${'ab'[side]!}" x="${n(field.x(i) + wide * 0.07 + side * width)}" y="${n(y)}" width="${n(width)}" height="${n(field.y(0) - y)}"><title>${escape(`${name}: ${show(value)}`)}</title></rect>` // prettier-ignore
    })
    const word = i % every === 0 ? plain(field.x(i + 0.5), size.height - 8, name, 'middle') : ''
    return rects.join('') + word
  })
  return svg(size.width, size.height, label, field.frame + shapes.join(''))
}
