import { words, type Words } from '../../texts'
import type { Field } from './field'
import { CAMPAIGN } from './fields-campaign'
import { OFFER } from './fields-offer'

/** Which sections are open and which offer is shown: kept by the page, so that an error can be gone to. */
export interface Place {
  offer: number
  opened: Readonly<Record<string, boolean>>
}
/** Where a path is shown: its offer, and the section to open. */
export function placeOfPath(path: string, place: Place): Place {
  const [, index] = /^offers\[(\d+)\]/.exec(path) ?? []
  const at = index === undefined ? '' : `offers[${index}]`
  const rest = at === '' ? path : path.slice(at.length + 1)
  const section = (at === '' ? CAMPAIGN : OFFER).find(({ fields }) => fields.some(({ key }) => rest.startsWith(key)))
  return {
    offer: index === undefined ? place.offer : Number(index),
    opened: section === undefined ? place.opened : { ...place.opened, [`${at} ${section.key}`]: true },
  }
}

/** What people call the place of a path: "Offer 1 · Tiers 2 · Off". A place that no field has is called by its path. */
export function titleOf(path: string): Words {
  const [, index] = /^offers\[(\d+)\]/.exec(path) ?? []
  const at = index === undefined ? '' : `offers[${index}]`
  const rest = at === '' ? path : path.slice(at.length + 1)
  const found = labelsOf(
    (at === '' ? CAMPAIGN : OFFER).flatMap(({ fields }) => fields),
    rest,
  )
  const offer = index === undefined ? [] : [words(`子活动 ${Number(index) + 1}`, `Offer ${Number(index) + 1}`)]
  if (found.length === 0) return words(path, path)
  const labels = [...offer, ...found]
  return words(labels.map(({ zh }) => zh).join(' · '), labels.map(({ en }) => en).join(' · '))
}

function labelsOf(fields: readonly Field[], path: string): Words[] {
  const field = fields.find(({ key }) => path.startsWith(key) && /^([.[]|$)/.test(path.slice(key.length)))
  if (field === undefined) return []
  const [, row, rest = ''] = /^\[(\d+)\]\.?(.*)$/.exec(path.slice(field.key.length)) ?? []
  if (row === undefined || field.fields === undefined) return [field.label]
  const place = ` ${Number(row) + 1}`
  return [words(field.label.zh + place, field.label.en + place), ...labelsOf(field.fields, rest)]
}
