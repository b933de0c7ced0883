import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command, Program, Task } from '../core/server'
import type { Stack } from '../core/stack'
import { projectEnvironment } from '../core/environment'
import { run } from '../programs/run'

/** A program of this repository, built beforehand by ./lijian. */
export interface NodeApp {
  entry: string
  address: string
  probe: string
}

export function nodeApp(stack: Stack, { entry, address, probe }: NodeApp): Program {
  return {
    kind: 'program',
    origin: entry,
    address,
    probe,
    teach: {},
    stopSignal: 'SIGTERM',
    readyWithinMs: 60_000,
    command: () => asApp(nodeCommand(stack, entry)),
    ready: () => answersOk(probe),
  }
}

/** Not as the owner of the tables, where there is another login: what is append-only is so for who serves payments. */
function asApp({ env: { LIJIAN_APP_DATABASE_URL: app, ...env } = {}, ...command }: Command): Command {
  return { ...command, env: app ? { ...env, DATABASE_URL: app } : env }
}

export function nodeTask(stack: Stack, entry: string, words: readonly string[] = []): Task {
  return {
    kind: 'task',
    origin: entry,
    run: async () => {
      const command = nodeCommand(stack, entry)
      return run({ ...command, args: [...command.args, ...words] }, stack.env)
    },
  }
}

/**
 * Node's young generation, in MB. The api's holds several batches of payments: with Node's own 16 a seventh of its time went into collecting
 * them. The worker's is small, so that a day of files passes through it in little memory (279 MiB with 16, 234 with 4; as many
 * transactions a second). So is the generator's: a report of a million rows takes 185 MiB with 16, and 140 with 2.
 */
const YOUNG_MB: Readonly<Record<string, number>> = { api: 64, worker: 4, 'report-generator': 2 }

/** Of a program such as `apps/api/dist/main.js`. */
export function nodeFlagsOf(entry: string): readonly string[] {
  const youngMb = YOUNG_MB[/^apps\/([\w-]+)\//.exec(entry)?.[1] ?? '']
  return ['--enable-source-maps', ...(youngMb === undefined ? [] : [`--max-semi-space-size=${youngMb}`])]
}

export function nodeCommand(stack: Stack, entry: string): Command {
  const file = join(stack.root, entry)
  if (!existsSync(file))
    throw new Error(`${entry} is missing: it is built by ./lijian; does npx nx run-many -t build succeed?`)
  return {
    file: process.execPath,
    args: [...nodeFlagsOf(entry), file],
    env: projectEnvironment(stack),
    cwd: stack.root,
  }
}

export async function answersOk(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2_000) })
    .then(async (response) => {
      await response.arrayBuffer()
      return response.ok
    })
    .catch(() => false)
}

/** A server that listens everywhere is asked on this machine. */
export const localHost = (host: string): string => (['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host)
