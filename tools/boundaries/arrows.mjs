import { join } from 'node:path'
import * as rule from './rules.mjs'

const pointsUp = (p, target) =>
  target.wing !== p.wing && rule.MAY_SEE[p.wing] !== undefined && !rule.MAY_SEE[p.wing].includes(target.wing)

/** Why a package may not depend on another one because of their wings; nothing if it may. */
export function upward(p, target) {
  if (!pointsUp(p, target)) return undefined
  return `${p.name} → ${target.name} points up: the wing ${p.wing} sees ${rule.MAY_SEE[p.wing].join(', ') || 'no other wing'}`
}

/** Wing, tag, name and `dependencies` of each package, and the circles of packages: what needs no source file. */
export function checkArrows({ packages, byName, faults }) {
  for (const p of packages) {
    const where = join(p.dir, 'package.json')
    if (!rule.MAY_SEE[p.wing])
      faults.push(`${p.dir}: ${p.wing} is no wing; the wings are ${Object.keys(rule.MAY_SEE).join(', ')}`)
    if (p.scopes.join() !== p.wing)
      faults.push(`${where}: needs exactly one tag scope:${p.wing}, has ${p.scopes.join(', ') || 'none'}`)
    if (p.name !== rule.nameOf(p.dir))
      faults.push(`${where}: the folder names the package ${rule.nameOf(p.dir)}, not ${p.name}`)
    for (const target of dependenciesOf(p, byName)) {
      const fault = upward(p, target)
      if (fault) faults.push(`${where}: ${fault}`)
    }
  }
  for (const circle of circles(packages, byName)) faults.push(`packages depend on each other: ${circle.join(' → ')}`)
}

const dependenciesOf = ({ json }, byName) =>
  Object.keys(json.dependencies ?? {}).flatMap((name) => byName.get(name) ?? [])

/** Each circle once, from the package at which the walk met it. */
function circles(packages, byName) {
  const found = []
  const done = new Set()
  const walk = (p, path) => {
    const at = path.indexOf(p.name)
    if (at >= 0) return found.push([...path.slice(at), p.name])
    if (done.has(p)) return
    for (const target of dependenciesOf(p, byName)) walk(target, [...path, p.name])
    done.add(p)
  }
  for (const p of packages) walk(p, [])
  return found
}
