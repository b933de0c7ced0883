import { WHOLE_CAMPAIGN } from '@lijian/contracts/testing/whole-campaign'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { freshCampaign, turnBenefit } from './benefits'
import { stepsOf, valueAt, withValue } from './document'
import { dropDraft, keepDraft, keptDraft } from './draft'
import { codesOf, keyOf, shownOf, typedOf, valueOfKey, type Field, type Section } from './field'
import { CAMPAIGN } from './fields-campaign'
import { OFFER } from './fields-offer'
import { placeOfPath, titleOf } from './sections-place'
import { shownPaths, unshown } from './visible'

const ROOT = join(__dirname, '../../../../../campaigns')
function documentsIn(folder: string): [name: string, json: Record<string, unknown>][] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return documentsIn(path)
    if (!name.endsWith('.json')) return []
    const json = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    return Array.isArray(json['offers']) && 'funders' in json ? [[path.slice(ROOT.length + 1), json]] : []
  })
}
const DOCUMENTS: [string, Record<string, unknown>][] = [...documentsIn(ROOT), ['whole', WHOLE_CAMPAIGN]]

/** The field of a path, through rows; inside a draw the unit is the field's. */
function fieldOf(path: string): Field {
  const [, rest = path] = /^offers\[\d+\]\.(.*)$/.exec(path) ?? []
  const sections: readonly Section[] = rest === path ? CAMPAIGN : OFFER
  return inFields(
    sections.flatMap(({ fields }) => fields),
    rest,
  )!
}
function inFields(fields: readonly Field[], path: string): Field | undefined {
  for (const field of fields) {
    if (path === field.key) return field
    if (!path.startsWith(field.key)) continue
    const rest = path.slice(field.key.length)
    if (field.widget === 'drawn') return { ...field, widget: rest.endsWith('weight') ? 'count' : field.unit! }
    const found = inFields(field.fields ?? [], rest.replace(/^\[\d+\]\.?/, '').replace(/^(\d\])/, '[$1'))
    if (found !== undefined) return found
    const tuple = inFields(field.fields ?? [], rest.replace(/^\[\d+\]/, ''))
    if (tuple !== undefined) return tuple
  }
  return undefined
}

/** What the inputs of a field make of a value that a person leaves as it is. */
function typedAgain(path: string, value: unknown, currency: string): unknown {
  const field = fieldOf(path)
  switch (field.widget) {
    case 'choice':
      return valueOfKey(keyOf(value))
    case 'choices':
      return (value as unknown[]).map(keyOf).map(valueOfKey)
    case 'chips':
      return codesOf((value as string[]).join('\n'))
    default:
      return typedOf(field.widget === 'drawn' ? field.unit! : field.widget, shownOf(field.widget === 'drawn' ? field.unit! : field.widget, value, currency), currency) // prettier-ignore
  }
}

test('there are all documents', () => expect(DOCUMENTS.length).toBeGreaterThanOrEqual(59))

test.each(DOCUMENTS)('nothing is lost, and each value has an input: %s', (_, json) => {
  expect(unshown(json)).toEqual([])
  const currency = (json['currency'] as string | undefined) ?? 'CNY'
  let again: unknown = json
  for (const path of shownPaths(json)) again = withValue(again, path, typedAgain(path, valueAt(json, path), currency))
  expect(JSON.stringify(again)).toBe(JSON.stringify(json))
})

test.each(DOCUMENTS)('a change of one field changes nothing else: %s', (_, json) => {
  const before = JSON.stringify(json)
  for (const path of shownPaths(json)) {
    const changed = withValue(json, path, 'CHANGED')
    expect(valueAt(changed, path)).toBe('CHANGED')
    expect(JSON.stringify(withValue(changed, path, valueAt(json, path)))).toBe(before)
  }
  expect(JSON.stringify(json)).toBe(before)
})

test('every key of the JSON Schema has a field', () => {
  const schema = JSON.parse(readFileSync(join(ROOT, 'schema/campaign.schema.json'), 'utf8')) as object
  const names = new Set(keysOf(schema))
  const inTable = new Set<string>(['offers', 'layers', 'weight', 'min', 'max', 'step', 'tiers', 'rule', 'benefit'])
  const walk = (fields: readonly Field[]) => {
    for (const { key, fields: inner = [] } of fields) {
      for (const step of stepsOf(key)) inTable.add(String(step))
      walk(inner)
    }
  }
  for (const { fields } of [...CAMPAIGN, ...OFFER]) walk(fields)
  expect([...names].filter((name) => !inTable.has(name))).toEqual([])
})
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties } = schema as { properties?: object }
  const own = properties === undefined ? [] : Object.keys(properties)
  return [...own, ...Object.values(schema).flatMap(keysOf)]
}

test('what no field knows stays, and is named', () => {
  const strange = { ...freshCampaign('C1', '2026-12-02'), later: { deep: [1, { x: 2 }] } }
  expect(unshown(strange)).toEqual(['later.deep[0]', 'later.deep[1].x'])
  expect(withValue(strange, 'name', 'A')).toMatchObject({ later: { deep: [1, { x: 2 }] } })
})

test('amounts and rates are typed in yuan and per cent; what is no number stays for the API to refuse', () => {
  expect(typedOf('yuan', '1,234.50', 'CNY')).toBe(123_450)
  expect(typedOf('yuan', '15', 'JPY')).toBe(15)
  expect(typedOf('percent', '85', 'CNY')).toBe(850_000)
  expect(typedOf('yuan', '1.234', 'CNY')).toBe('1.234')
  expect(typedOf('count', '-3', 'CNY')).toBe(-3)
  expect(typedOf('yuan', ' ', 'CNY')).toBeUndefined()
})

test('a part goes with its last value; rows stay in order', () => {
  const budget = withValue({ budget: { amount: 1 }, x: 1 }, 'budget.amount', undefined)
  expect(budget).toEqual({ x: 1 })
  expect(withValue({ limits: [1, 2, 3] }, 'limits[1]', undefined)).toEqual({ limits: [1, 3] })
  expect(withValue({}, 'rule.refund.restore.count', false)).toEqual({ rule: { refund: { restore: { count: false } } } })
})

test('another benefit begins anew, and its bounds stay', () => {
  const before = { type: 'percent', tiers: [{ atLeast: 0, payPpm: 1 }], cap: 500 }
  expect(turnBenefit(before, 'fixedPrice')).toEqual({ type: 'fixedPrice', price: 990, cap: 500 })
  expect(turnBenefit(before, 'waive')).toEqual({ type: 'waive' })
})

test('an error is gone to: its offer and its section', () => {
  const none = { offer: 0, opened: {} }
  expect(placeOfPath('offers[2].rule.conditions.mccs[0]', none)).toEqual({
    offer: 2,
    opened: { 'offers[2] who': true },
  })
  expect(placeOfPath('timeZone', none)).toEqual({ offer: 0, opened: { ' place': true } })
})

test('a place is called by its labels', () => {
  expect(titleOf('offers[0].rule.benefit.tiers[1].off').zh).toBe('子活动 1 · 档位 2 · 减')
  expect(titleOf('funders[0].partner').en).toBe('Funders 1 · Who pays')
  expect(titleOf('offers[1].name').zh).toBe('子活动 2 · 子活动名称')
  expect(titleOf('later.deep[0]')).toEqual({ zh: 'later.deep[0]', en: 'later.deep[0]' })
})

test('a draft is kept for one person, and never with a card number', () => {
  const kept = new Map<string, string>()
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  } as unknown as Storage
  expect(keepDraft('p1', 'new', { document: { name: 'A' } }, store)).toBe(true)
  expect(keptDraft('p1', 'new', store)).toEqual({ document: { name: 'A' } })
  expect(keptDraft('p2', 'new', store)).toBeUndefined()
  expect(keepDraft('p1', 'new', { document: { name: '卡 6222020903001483077' } }, store)).toBe(false)
  expect([...kept.values()].join()).not.toContain('6222020903001483077')
  expect(keptDraft('p1', 'new', store)).toBeUndefined()
  dropDraft('p1', 'new', store)
})
