import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkArrows, upward } from './arrows.mjs'
import * as rule from './rules.mjs'
import { scan } from './scan.mjs'

/** Checks the whole house under `root`; each fault says where, what is forbidden, and what to do instead. */
export function check(root) {
  const packages = rule.PLACES.flatMap((place) => readPackages(root, place))
  const house = {
    root,
    packages,
    byName: new Map(packages.map((p) => [p.name, p])),
    shared: rootDevDependencies(root),
    faults: [],
  }
  checkArrows(house)
  for (const p of packages) {
    if (!typeIsRight(house, p)) continue
    const used = { anywhere: new Set(), outsideTests: new Set() }
    for (const file of sources(join(root, p.dir))) checkFile(house, p, file, used)
    checkReferences(house, p, used)
  }
  return house.faults
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))
const rootDevDependencies = (root) =>
  existsSync(join(root, 'package.json')) ? (readJson(join(root, 'package.json')).devDependencies ?? {}) : {}

function readPackages(root, place) {
  const [first, ...rest] = place.split('/')
  const inside = (dir) =>
    existsSync(join(root, dir)) ? readdirSync(join(root, dir)).map((name) => join(dir, name)) : []
  const dirs = rest
    .reduce((found, _star) => found.flatMap(inside), [first])
    .filter((dir) => existsSync(join(root, dir, 'package.json')))
  return dirs.map((dir) => {
    const json = readJson(join(root, dir, 'package.json'))
    const tags = json.nx?.tags ?? []
    const of = (kind) => tags.filter((tag) => tag.startsWith(`${kind}:`)).map((tag) => tag.slice(kind.length + 1))
    return {
      dir,
      json,
      name: json.name,
      wing: rule.wingOf(dir),
      types: of('type'),
      scopes: of('scope'),
      type: of('type')[0],
    }
  })
}

function typeIsRight({ faults }, { dir, types }) {
  const right = types.length === 1 && rule.MAY_IMPORT[types[0]] !== undefined
  if (!right)
    faults.push(
      `${join(dir, 'package.json')}: needs exactly one tag type:{${Object.keys(rule.MAY_IMPORT)}}, has ${types.join(', ') || 'none'}`,
    )
  return right
}

function sources(dir) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', 'histories'].includes(entry.name)) return []
    if (entry.isDirectory()) return sources(join(dir, entry.name))
    return /\.(ts|tsx|mts|cts|mjs|cjs|js)$/.test(entry.name) ? [join(dir, entry.name)] : []
  })
}

function checkFile(house, p, file, used) {
  const text = readFileSync(file, 'utf8')
  // Fixtures of tests live in a folder `testing`; a program (main.ts, …cli.ts) is wiring and may read its environment.
  const isTest = /\.test\.ts$|[/]testing[/]/.test(relative(join(house.root, p.dir), file))
  const isProgram = /(^|[/-])(main|cli)\.ts$/.test(file)
  const { imports, touches, connections } = scan(text, file)
  const lines = text.split('\n')
  const fault = (what, needle) => {
    const line = lines.findIndex((l) => l.includes(needle) && !/^\s*(\/\/|\/?\*)/.test(l)) + 1
    house.faults.push(`${relative(house.root, file)}:${line || 1}: ${what}`)
  }
  for (const found of imports) {
    if (found.specifier.startsWith('.')) checkRelative(house, p, file, found, fault)
    else if (house.byName.has(packageOf(found.specifier))) checkInside(house, p, found, { isTest, used, fault })
    else checkOutside(house, p, found, { isTest, fault })
  }
  if (isTest) return
  if (p.type !== 'tool' && p.name !== rule.MAKES_CONNECTIONS)
    for (const made of connections)
      fault(
        `\`new ${made}\` is forbidden outside ${rule.MAKES_CONNECTIONS}: take steadyPool, steadyClient, hotPool or dataSource, which have limits`,
        `new ${made}(`,
      )
  for (const [line, what] of rule.sqlInApp(p, text)) house.faults.push(`${relative(house.root, file)}:${line}: ${what}`)
  for (const name of touches) {
    const banned =
      rule.CLOCKLESS.includes(p.type) || (name === 'process.env' && !isProgram && rule.SETTINGLESS.includes(p.type))
    if (banned) fault(`\`${name}\` is forbidden in type:${p.type}: ${rule.REPLACEMENT[name]}`, name.replace('()', ''))
  }
}

const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

function checkRelative({ root }, p, file, { specifier }, fault) {
  const target = resolve(dirname(file), specifier)
  if (relative(join(root, p.dir), target).startsWith('..'))
    fault(`import of ${specifier} leaves the package: import the other package by its name, @lijian/…`, specifier)
}

function checkInside({ byName }, p, { specifier, typeOnly }, { isTest, used, fault }) {
  const target = byName.get(packageOf(specifier))
  if (isTest && target.name === rule.TEST_TOOL) return
  used.anywhere.add(target)
  if (!isTest) used.outsideTests.add(target)
  const way = `${p.name} (type:${p.type}) → ${specifier} (type:${target.type})`
  if (target !== p && !(isTest ? declared(p, target.name) : p.json.dependencies?.[target.name]))
    fault(`${way}: not in dependencies of ${p.dir}/package.json`, specifier)
  const entry = '.' + specifier.slice(target.name.length)
  if (!target.json.exports?.[entry])
    fault(
      `${way}: reaches past the index; its exports are ${Object.keys(target.json.exports ?? {}).join(', ') || 'none'}`,
      specifier,
    )
  if (isTest || target === p) return
  const up = upward(p, target)
  if (up) fault(up, specifier)
  if (!rule.MAY_IMPORT[p.type].includes(target.type))
    fault(
      `${way} is forbidden: ${rule.INSTEAD[target.type] ?? 'see tools/boundaries'}; type:${p.type} may import ${rule.MAY_IMPORT[p.type].join(', ') || 'nothing of the house'}`,
      specifier,
    )
  else if (p.type === 'workflow' && target.type === 'contract' && !typeOnly && specifier !== rule.WORKFLOW_CONTRACT)
    fault(`${way}: only \`import type\` in workflow code: zod at run time costs 34 ms of CPU per replay`, specifier)
}

const declared = ({ json }, name) =>
  Boolean(json.dependencies?.[name] ?? json.devDependencies?.[name] ?? json.peerDependencies?.[name])

function checkOutside(house, p, { specifier, typeOnly, names }, { isTest, fault }) {
  const name = packageOf(specifier)
  const builtin = specifier.startsWith('node:') || builtinModules.includes(name)
  const known = builtin || declared(p, name) || ((isTest || p.type === 'tool') && house.shared[name])
  if (!known && !(typeOnly && declared(p, `@types/${name}`)))
    fault(`${p.name} → ${specifier}: not in dependencies of ${p.dir}/package.json`, specifier)
  if (isTest) return
  if (
    p.type === 'workflow' &&
    !rule.WORKFLOW_EXTERNAL.includes(name) &&
    !(typeOnly && rule.WORKFLOW_TYPES.includes(name))
  )
    fault(
      `${specifier} is forbidden in type:workflow: it must replay; put the call into an activity (apps/worker) and reach it by proxyActivities`,
      specifier,
    )
  if (rule.CLOCKLESS.includes(p.type) && !typeOnly) {
    const allowed = { ...rule.PURE_EXTERNAL, ...(p.type === 'contract' ? rule.CONTRACT_EXTERNAL : {}) }[name] ?? []
    const wrong = names.filter((n) => !allowed.includes(n))
    if (wrong.length > 0)
      fault(
        `${specifier}${wrong[0] === '*' ? '' : ` { ${wrong.join(', ')} }`} is forbidden in type:${p.type}: take what it gives as an argument`,
        specifier,
      )
  }
}

/** `references` of tsconfig.json are what the sources import: no more (a false edge in the graph), no less (a stale build). */
function checkReferences({ root, faults, byName }, p, used) {
  const testTool = byName.get(rule.TEST_TOOL)
  const file = join(p.dir, 'tsconfig.json')
  if (!existsSync(join(root, file))) return
  const has = (readJson(join(root, file)).references ?? []).map(({ path }) =>
    relative(root, resolve(root, p.dir, path)),
  )
  const wants = [...used.anywhere].filter((target) => target !== p).map(({ dir }) => dir)
  for (const dir of wants)
    if (!has.includes(dir)) faults.push(`${file}: references lack ${relative(p.dir, dir)}, which the sources import`)
  for (const dir of has)
    if (!wants.includes(dir) && dir !== testTool?.dir)
      faults.push(`${file}: references name ${relative(p.dir, dir)}, which no source imports`)
  const names = new Set([...used.outsideTests].map(({ name }) => name))
  for (const name of Object.keys(p.json.dependencies ?? {}))
    // An app may be started as a program instead of being imported.
    if (name.startsWith('@lijian/') && !names.has(name) && byName.get(name)?.type !== 'app')
      faults.push(`${p.dir}/package.json: depends on ${name}, which no source outside tests imports`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const faults = check(resolve(process.argv[2] ?? '.'))
  for (const fault of faults) console.log(fault)
  console.log(faults.length === 0 ? 'boundaries hold' : `${faults.length} boundary faults`)
  process.exitCode = faults.length === 0 ? 0 : 1
}
