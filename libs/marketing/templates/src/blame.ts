import { canonicalJson } from '@lijian/contracts/system'
import type { RuleTemplate } from '@lijian/contracts/marketing'
import type { Asked } from './asked'
import { parametersIn } from './pieces'
import type { Path, Place } from './render'

/** `offers[0].rule` as steps. */
export const stepsOf = (path: string): (string | number)[] =>
  [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key]) => (index === undefined ? key! : Number(index)))

/**
 * Which parts of a request an error of the document comes from, as paths of the request. Where a parameter stands at the place itself it is
 * that one. Else it is those nearest to the place, and of these rather those that differ from their default, with which the template was
 * tried.
 */
export function blamed(at: string, places: readonly Place[], of: { template: RuleTemplate; asked: Asked }): string[] {
  const steps = stepsOf(at)
  const exact = places.filter(({ path }) => path.length <= steps.length && isUnder(steps, path))
  const deepest = Math.max(...exact.map(({ path }) => path.length))
  const there = exact.filter(({ path }) => path.length === deepest)
  if (there.length > 0) return unique(there.flatMap((place) => sentAs(place, steps.slice(place.path.length), of)))
  for (let length = steps.length; length >= 0; length--) {
    const near = places.filter(({ path }) => isUnder(path, steps.slice(0, length)))
    const changed = near.filter(({ parameter }) => isChanged(parameter, of))
    if (changed.length > 0) return unique(changed.flatMap((place) => sentAs(place, [], of)))
  }
  // Nothing was changed: the template itself is at fault.
  const all = unique(places.flatMap((place) => sentAs(place, [], of)))
  return all.length > 0 ? all : ['template']
}

const isUnder = (steps: Path, above: Path): boolean => above.every((step, i) => steps[i] === step)

/** `rest`: what of the error's place lies inside the value. */
function sentAs(
  { parameter, whole }: Place,
  rest: Path,
  { template, asked }: { template: RuleTemplate; asked: Asked },
) {
  if (parameter === 'code') return ['code']
  if (parameter === 'name') {
    const inName = parametersIn(template.campaignName).filter((name) => name !== 'code')
    return asked.name !== undefined || inName.length === 0 ? ['name'] : inName.map((name) => `parameters.${name}`)
  }
  const inside = whole ? rest.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('') : ''
  return [`parameters.${parameter}${inside}`]
}

function isChanged(parameter: string, { template, asked }: { template: RuleTemplate; asked: Asked }): boolean {
  if (parameter === 'code') return false
  if (parameter === 'name') return asked.name !== undefined
  const given = Object.hasOwn(asked.parameters, parameter) ? asked.parameters[parameter] : undefined
  const { default: usual } = template.parameters.properties[parameter] ?? {}
  return given !== undefined && canonicalJson(given) !== canonicalJson(usual ?? null)
}

const unique = (paths: string[]): string[] => [...new Set(paths)]
