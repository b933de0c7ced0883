import { inside, listOf, partOf, valueAt, type Json } from './document'
import type { Field, Section } from './field'
import { CAMPAIGN } from './fields-campaign'
import { OFFER } from './fields-offer'

/** The fields that a part shows: those that belong there, and those that have a value all the same. */
export function visible(fields: readonly Field[], part: unknown): Field[] {
  const isMeant = (field: Field) => field.when === undefined || field.when(partOf(part))
  return fields.filter(
    (field) =>
      isMeant(field) ||
      (valueAt(part, field.key) !== undefined && !fields.some((other) => other.key === field.key && isMeant(other))),
  )
}

export const isSet = (section: Section, part: unknown): boolean =>
  section.fields.some(({ key }) => {
    const value = valueAt(part, key)
    return value !== undefined && value !== section.usual?.[key]
  })

const DRAWN = [['min'], ['max'], ['step'], ['layers', 'weight', 'min', 'max', 'step']] as const

/** Paths of what the form shows of a document: an input each. */
export function shownPaths(document: unknown): string[] {
  const of = (sections: readonly Section[], path: string) =>
    sections.flatMap(({ fields }) => fieldPaths(fields, valueAt(document, path), path))
  const offers = listOf(partOf(document)['offers'])
  return [...of(CAMPAIGN, ''), ...offers.flatMap((_, i) => of(OFFER, `offers[${i}]`))]
}

function fieldPaths(fields: readonly Field[], part: unknown, at: string): string[] {
  return visible(fields, part).flatMap((field) => {
    const value = valueAt(part, field.key)
    const path = inside(at, field.key)
    if (value === undefined) return []
    if (field.widget === 'rows' && Array.isArray(value))
      return value.flatMap((row, i) => fieldPaths(field.fields ?? [], row, `${path}[${i}]`))
    if (field.widget === 'drawn' && typeof value === 'object') return drawnPaths(partOf(value), path)
    return [path]
  })
}

function drawnPaths(draw: Json, path: string): string[] {
  return DRAWN.flatMap(([key, ...inner]) => {
    if (draw[key] === undefined) return []
    if (inner.length === 0) return [inside(path, key)]
    return listOf(draw[key]).flatMap((layer, i) =>
      inner.filter((name) => partOf(layer)[name] !== undefined).map((name) => `${path}.${key}[${i}].${name}`),
    )
  })
}

/** Places where something stands that no input shows. They stay as they are, and the form names them. */
export function unshown(document: unknown): string[] {
  const shown = shownPaths(document)
  const isShown = (path: string) =>
    shown.some((one) => path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`))
  return leaves(document, '').filter((path) => !isShown(path))
}

function leaves(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one, i) => leaves(one, `${path}[${i}]`))
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, one]) => leaves(one, path === '' ? key : `${path}.${key}`))
}
