import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { dropLock, lockHolder, takeLock } from '../core/data-lock'
import type { Stack } from '../core/stack'
import { withProgress, within } from '../core/wait'
import { isProgram, onPath, outputOf, run } from './run'

/** A program that is built from the Go module in tools/temporal, once for all clones of this machine. */
export interface GoProgram {
  name: string
  /** The Go module whose version names the cached file. */
  module: string
  /** The package that holds its main function. */
  main: string
  /** What a person is told to expect. */
  firstTime: string
}

export const moduleDir = (stack: Stack): string => join(stack.root, 'tools', 'temporal')

export function moduleVersion(stack: Stack, module: string): string {
  const text = readFileSync(join(moduleDir(stack), 'go.mod'), 'utf8')
  const line = text.split('\n').find((candidate) => candidate.trim().startsWith(`${module} v`))
  const version = /\sv(\d+\.\d+\.\d+)/.exec(line ?? '')?.[1]
  if (!version) throw new Error(`tools/temporal/go.mod does not name a version of ${module}`)
  return version
}

export function cachedFile(stack: Stack, { name, module }: Pick<GoProgram, 'name' | 'module'>): string {
  return join(stack.cacheDir, `${name}-${moduleVersion(stack, module)}`)
}

export async function cachedOrBuilt(stack: Stack, program: GoProgram): Promise<string> {
  const file = cachedFile(stack, program)
  const lock = `${file}.lock`
  while (!isProgram(file)) {
    const builder = lockHolder(lock)
    if (builder === undefined) {
      await locked(lock, () => build(stack, program, file))
      break
    }
    const free = within(Infinity, 500, () => lockHolder(lock) === undefined)
    await withProgress(stack.say, `waiting for process ${builder.pid}, which is building ${program.name}`, free)
  }
  return file
}

/** Two that look at the same moment both build, which only takes longer. */
async function locked(lock: string, work: () => Promise<void>): Promise<void> {
  takeLock(lock, process.pid)
  try {
    await work()
  } finally {
    dropLock(lock)
  }
}

async function build(stack: Stack, { name, main, firstTime }: GoProgram, file: string): Promise<void> {
  const go = await findGo(stack, name)
  await intoCache(file, async (temporary) => {
    const args = ['build', '-trimpath', '-ldflags=-s -w', '-buildvcs=false', '-o', temporary, main]
    const work = run({ file: go, args, cwd: moduleDir(stack) }, stack.env)
    await withProgress(stack.say, `building ${name} from source (${firstTime})`, work)
  })
}

/** Each writes its own file, and the name appears only when it is whole. */
export async function intoCache(file: string, make: (temporary: string) => Promise<void>): Promise<void> {
  mkdirSync(join(file, '..'), { recursive: true })
  const temporary = `${file}.${process.pid}.part`
  await make(temporary)
  renameSync(temporary, file)
}

export async function copyIntoCache(file: string, from: string): Promise<void> {
  await intoCache(file, async (temporary) => copyFileSync(from, temporary))
}

async function findGo(stack: Stack, name: string): Promise<string> {
  const usual = '/usr/local/go/bin/go'
  const found = [...onPath('go', stack.env['PATH']), ...(existsSync(usual) ? [usual] : [])]
  for (const go of found) {
    // From 1.21 on Go fetches the toolchain that go.mod asks for.
    const [, minor = '0'] = /go1\.(\d+)/.exec((await outputOf(go, 'version')) ?? '') ?? []
    if (Number(minor) >= 21) return go
  }
  throw new Error(
    `${name} is neither on PATH nor in ${stack.cacheDir}, and Go is missing to build it: ` +
      'install the Temporal CLI (1.8 or newer) or Go 1.26, or give TEMPORAL_ADDRESS',
  )
}
