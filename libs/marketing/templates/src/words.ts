import type { ParameterValue, TemplateParameter } from '@lijian/contracts/marketing'
import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import { moneyText, moneyTextGrouped } from '@lijian/money'

export const LANGUAGES = ['en', 'zh-CN'] as const
export type Language = (typeof LANGUAGES)[number]

type Entry = Pick<TemplateParameter, 'type'> & {
  format?: string | undefined
  enum?: readonly (string | number)[] | undefined
  words?: readonly Record<Language, string>[] | undefined
}

/** How a hole may ask for its value; without one it is as people say it. */
export const FORMATS: Readonly<Record<string, readonly string[]>> = {
  // 100 in place of 100 yuan.
  fen: ['bare'],
  // 8.5 for 850,000 ppm; 8.5折 or 半价; the part taken off: 15%.
  ppm: ['zhe', 'price', 'off'],
}

interface How {
  language: Language
  format?: string | undefined
  /** Of the campaign. */
  currency: string
}

/** How many entries of a list stand in a sentence. */
const SHOWN_MAX = 10

/** A value as people write it. */
export function wordsOf(value: ParameterValue, parameter: TemplateParameter, how: How): string {
  if (parameter.type !== 'array') return entryWords(value, parameter, how)
  const entries = value as ParameterValue[]
  const { items } = parameter
  const shown = entries
    .slice(0, SHOWN_MAX)
    .map((entry) =>
      items.type === 'array'
        ? (entry as ParameterValue[]).map((inner) => entryWords(inner, items.items, how)).join('–')
        : entryWords(entry, items, how),
    )
  const more = entries.length - shown.length
  if (more > 0) shown.push(how.language === 'en' ? `${more} more` : `另外 ${more} 个`)
  return LISTS[how.language].format(shown)
}

function entryWords(value: ParameterValue, entry: Entry, how: How): string {
  const named = entry.words?.[entry.enum?.indexOf(value as string) ?? -1]
  if (named !== undefined) return named[how.language]
  if (typeof value === 'boolean') return how.language === 'en' ? (value ? 'yes' : 'no') : value ? '是' : '否'
  if (typeof value === 'string') return entry.format === 'date' ? dayWords(value, how.language) : value
  if (typeof value !== 'number') return ''
  switch (entry.format) {
    case 'fen':
      return moneyWords(value, how)
    case 'ppm':
      return rateWords(value, how)
    case 'weekday':
      // The third of January 2000 was a Monday.
      return WEEKDAYS[how.language].format(Date.UTC(2000, 0, 2 + value))
    default:
      return how.language === 'en' ? value.toLocaleString('en') : String(value)
  }
}

const LISTS = {
  en: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
  'zh-CN': new Intl.ListFormat('zh-CN', { type: 'conjunction' }),
}
const WEEKDAYS = {
  en: new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }),
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { weekday: 'long', timeZone: 'UTC' }),
}
const DAYS = {
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'UTC' }),
}

const dayWords = (day: string, language: Language): string => DAYS[language].format(Date.parse(`${day}T00:00:00Z`))

/** 10000 is 100 yuan, 990 is 9.90 yuan (zh: 9.9元). */
function moneyWords(amountFen: number, { language, format, currency }: How): string {
  const grouped = (language === 'en' ? moneyTextGrouped : moneyText)(amountFen, currency)
  const whole = grouped.replace(/\.0+$/, '')
  const number = language === 'en' ? whole : whole.replace(/(\.\d*[1-9])0+$/, '$1')
  if (format === 'bare') return number
  if (currency !== DEFAULT_CURRENCY) return `${number} ${currency}`
  return language === 'en' ? `${number} yuan` : `${number}元`
}

const PER_ZHE = 100_000
const WHOLE_PPM = 1_000_000

/** What is paid, of the price: 850,000 ppm is 85%, 8.5折, 15% off. */
function rateWords(ppm: number, { language, format }: How): string {
  switch (format) {
    case 'zhe':
      return String(ppm / PER_ZHE)
    case 'price':
      if (ppm === WHOLE_PPM / 2) return language === 'en' ? 'half the price' : '半价'
      return language === 'en' ? `${ppm / 10_000}% of the price` : `${ppm / PER_ZHE}折`
    case 'off':
      return `${(WHOLE_PPM - ppm) / 10_000}%`
    default:
      return `${ppm / 10_000}%`
  }
}
