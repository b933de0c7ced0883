import { decimal, decimalsOf } from '@lijian/contracts/shown'
import { wholeOf } from '../../kit/typed'
import type { Words } from '../../texts'
import type { Json } from './document'

/** A value of a closed list, and its word. */
export interface Option {
  value: unknown
  label: Words
}

/** Lists of the API from which codes are offered. Another code may be typed. */
export type Source = 'partners' | 'merchants' | 'merchant-groups' | 'card-groups' | 'customer-groups'

/** What a person types into it, and how that stands in the document. */
export type Widget =
  'text' | 'code' | 'yuan' | 'percent' | 'count' | 'date' | 'clock' | 'choice' | 'choices' | 'chips' | 'rows' | 'drawn'

export interface Field {
  /** Path inside the part that the field belongs to. */
  key: string
  label: Words
  widget: Widget
  hint?: Words
  /** Of choice and choices, and proposals of chips. */
  options?: readonly Option[]
  source?: Source
  /** Of rows: what stands in one, and what a new one begins as. */
  fields?: readonly Field[]
  fresh?: () => unknown
  presets?: readonly { label: Words; row: Json }[]
  /** Of a drawn value. */
  unit?: 'yuan' | 'percent'
  /** Whether it belongs there; one that has a value is shown in any case. */
  when?: (part: Json) => boolean
  /** Choosing another value makes another part, for what belonged to the old one is none of the new. */
  turns?: (part: Json, value: unknown) => Json
  /** Of 24 columns. */
  span?: number
}

export interface Section {
  key: string
  title: Words
  fields: readonly Field[]
  /** Shut until somebody asks, unless something in it is set. */
  isShut?: true
  /** What counts as not set. */
  usual?: Json
}

const PERCENT_PLACES = 4
function placesOf(widget: Widget, currency: string): number | undefined {
  if (widget === 'yuan') return decimalsOf(currency)
  if (widget === 'percent') return PERCENT_PLACES
  return widget === 'count' ? 0 : undefined
}

/** A value as it stands in an input of text. */
export function shownOf(widget: Widget, value: unknown, currency: string): string {
  if (value === undefined || value === null) return ''
  const places = placesOf(widget, currency)
  if (places !== undefined && typeof value === 'number' && Number.isSafeInteger(value))
    return decimal(value, places).replace(/\.0+$/, '')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What was typed as the document has it; what is no number stays text, and the API says what is wrong. */
export function typedOf(widget: Widget, text: string, currency: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  const places = placesOf(widget, currency)
  if (places === undefined) return widget === 'text' ? text : trimmed
  return wholeOf(trimmed, places) ?? trimmed
}

/** Options have values of any kind; an input for choices has texts. */
export const keyOf = (value: unknown): string => JSON.stringify(value) ?? ''
export const valueOfKey = (key: string): unknown => JSON.parse(key)

/** Codes, one after another, as people paste them. */
export const codesOf = (text: string): string[] => text.split(/[\s,，、;；]+/).filter((code) => code !== '')
