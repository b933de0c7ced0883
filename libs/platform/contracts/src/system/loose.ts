import { isoDate } from './primitives'

/** Reading a document whose shape may be wrong: what is not what was asked for is nothing. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const object = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {})
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
export const whole = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) ? (value as number) : undefined
/** A date that exists; dates in this form compare as texts. */
export const date = (value: unknown): string | undefined => isoDate.safeParse(value).data
