import { clause } from './benefit'
import { joined, type Part, type Sentence } from './part'
import { both, DAY_TYPES, listed, raw, WEEKDAYS, wordOf, type Both } from './words'

/** When an offer is open, inside its campaign. */
export function windowSentences(rule: Part): Sentence[] {
  const window = rule.part('window')
  if (window === undefined) return []
  const dates = [
    clause(window.text('from'), (from) => both(`${from} 起`, `from ${from}`)),
    clause(window.text('to'), (to) => both(`至 ${to}（含当天）`, `until ${to} inclusive`)),
  ]
  const { zh, en } = joined(dates, '', ' ')
  const period = zh === '' ? [] : [window.says('', both(`本子活动期间：${zh}。`, `This offer runs ${en}.`))]
  return [...period, ...LINES.flatMap(([key, say]) => line(window, key, say)), ...window.rest()]
}

function line(window: Part, key: string, say: (entries: readonly unknown[]) => Both): Sentence[] {
  const entries = window.list(key)
  return entries === undefined ? [] : [window.says(key, say(entries))]
}

const named = (words: Readonly<Record<string, Both>>) => (entries: readonly unknown[]) =>
  listed(entries.map((entry) => wordOf(words, entry)))
/** The text "2" is no weekday. */
const weekdays = (entries: readonly unknown[]) =>
  listed(
    entries.map((entry) =>
      typeof entry === 'number' ? wordOf(WEEKDAYS, entry) : both(`"${raw(entry)}"`, `"${raw(entry)}"`),
    ),
  )
const sentence =
  (zh: string, en: string, of: (entries: readonly unknown[]) => Both) => (entries: readonly unknown[]) => {
    const said = of(entries)
    return both(`${zh}${said.zh}。`, `${en} ${said.en}.`)
  }
/** "22:00 to 02:00" passes midnight. */
const range = (entry: unknown): Both => {
  if (!Array.isArray(entry) || entry.length !== 2) return both(raw(entry), raw(entry))
  const [start, end] = entry.map(raw) as [string, string]
  const passes = start > end
  return both(`${start} 至${passes ? '次日' : ''} ${end}`, `${start} to ${end}${passes ? ' of the next day' : ''}`)
}

const LINES: readonly [key: string, say: (entries: readonly unknown[]) => Both][] = [
  ['daily', sentence('每天开放时段：', 'Open each day from', (entries) => listed(entries.map(range)))],
  ['weekdays', sentence('只在：', 'Only on', weekdays)],
  ['excludedWeekdays', sentence('不含：', 'Not on', weekdays)],
  ['dates', sentence('只在这些日期：', 'Only on the dates', named({}))],
  ['excludedDates', sentence('不含这些日期：', 'Not on the dates', named({}))],
  ['dayTypes', sentence('只在（按国家法定节假日安排）：', "Only on (by China's public calendar)", named(DAY_TYPES))],
]
