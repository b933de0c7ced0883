import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Block } from './blocks'
import { agrees } from './compare'
import { ROOT } from './pages'

const MARK = '<<<said>>>'
const PAGE_MS = 170_000

/** A folder that looks like the root of a clone, with a `.lijian` of its own and a `./lijian` that builds nothing. */
export function makeClone(folder: string): void {
  for (const name of ['campaigns', 'docs', 'apps', 'libs', 'sdk', 'tools', 'package.json'])
    symlinkSync(join(ROOT, name), join(folder, name))
  const launcher = join(folder, 'lijian')
  writeFileSync(launcher, `#!/bin/sh\nexec node "${join(ROOT, 'tools', 'stack', 'dist', 'cli.js')}" "$@"\n`)
  chmodSync(launcher, 0o755)
  mkdirSync(join(folder, '.lijian'))
}

/** Programs of the house refuse LIJIAN_ names that they do not know, and wait to be called inside a jest worker. */
export function environment(folder: string, more: Record<string, string> = {}): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(LIJIAN_|JEST_|NODE_ENV$|FORCE_COLOR$)/.test(name))
  return { ...Object.fromEntries(kept), NO_COLOR: '1', LIJIAN_DATA_DIR: join(folder, '.lijian'), ...more }
}

export interface Difference {
  line: number
  command: string
  shown: string
  said: string
}

/** Runs a page's blocks in one bash, in order, and tells each command whose output is not what the page shows. */
export async function runPage(
  blocks: readonly Block[],
  folder: string,
  env: Record<string, string | undefined>,
): Promise<Difference[]> {
  const commands = blocks.flatMap((block) => (block.kind === 'console' ? block.commands : []))
  const steps = blocks.flatMap((block) => {
    if (block.kind === 'console') return block.commands.map(({ text }) => `${text}\nsaid`)
    if (block.kind === 'file') return [`base64 -d > ${block.name} <<< ${Buffer.from(block.content).toString('base64')}`]
    return []
  })
  // `said` keeps the exit code, so that the next command may ask for it.
  const script = [`said() { local code=$?; printf '\\n%s\\n' '${MARK}'; return $code; }`, ...steps].join('\n')
  const outputs = (await bash(script, folder, env)).split(`\n${MARK}\n`)
  return commands.flatMap(({ line, text, shown }, at) => {
    const said = outputs[at] ?? 'the shell ended before this command'
    return agrees(shown, said) ? [] : [{ line, command: text, shown: shown.join('\n'), said }]
  })
}

export function bash(script: string, cwd: string, env: Record<string, string | undefined>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', `exec 2>&1\n${script}`], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: PAGE_MS,
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('error', reject)
    child.once('close', () => resolve(said))
  })
}
