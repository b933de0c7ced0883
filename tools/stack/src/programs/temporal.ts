import { join } from 'node:path'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { Stack } from '../core/stack'
import { withProgress } from '../core/wait'
import { cachedFile, cachedOrBuilt, copyIntoCache, type GoProgram, moduleVersion } from './cache'
import { isProgram, onPath, outputOf, run } from './run'

const cli: GoProgram = {
  name: 'temporal',
  module: 'github.com/temporalio/cli',
  main: 'github.com/temporalio/cli/cmd/temporal',
  firstTime: 'about 4 minutes, once per machine',
}

const oldest = [1, 8] as const

export interface TemporalCli {
  file: string
  origin: string
}

/** PATH, then the cache, then the SDK's download where its server is in reach, then a build from source. */
export async function findTemporalCli(stack: Stack): Promise<TemporalCli> {
  for (const file of onPath('temporal', stack.env['PATH'])) {
    const version = /version (\d+)\.(\d+)\.\d+/.exec((await outputOf(file, '--version')) ?? '')
    if (version && atLeast(Number(version[1]), Number(version[2])))
      return { file, origin: `Temporal CLI ${version[1]}.${version[2]} (PATH: ${file})` }
  }
  const file = cachedFile(stack, cli)
  if (!isProgram(file)) await downloadBySdk(stack, file)
  await cachedOrBuilt(stack, cli)
  return { file, origin: `Temporal CLI ${moduleVersion(stack, cli.module)} (${file})` }
}

const atLeast = (major: number, minor: number) => major > oldest[0] || (major === oldest[0] && minor >= oldest[1])

const downloadSite = 'https://temporal.download'

/** The SDK downloads when it starts a server of its own: one is started for a moment in a process apart, and its program is kept. */
async function downloadBySdk(stack: Stack, file: string): Promise<void> {
  if (!(await inReach(downloadSite))) {
    stack.say(`${downloadSite} is not in reach`)
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'lijian-temporal-'))
  try {
    const script = join(stack.root, 'tools', 'stack', 'scripts', 'download-temporal.mjs')
    const args = [script, `v${moduleVersion(stack, cli.module)}`, folder]
    const work = run({ file: process.execPath, args }, stack.env)
    await withProgress(stack.say, 'downloading the Temporal CLI', work)
    const [found] = readdirSync(folder)
    if (found) await copyIntoCache(file, join(folder, found))
  } catch (error) {
    stack.say(`the download failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function inReach(site: string): Promise<boolean> {
  try {
    await fetch(site, { method: 'HEAD', signal: AbortSignal.timeout(4_000) })
    return true
  } catch {
    return false
  }
}
