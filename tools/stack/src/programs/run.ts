import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Command } from '../core/server'

const unfinished = new Set<ChildProcess>()

/** Builds and migrations that are still at work when the launcher is told to stop. */
export function stopTasks(): void {
  for (const child of unfinished) child.kill('SIGTERM')
}

/** Runs to the end; the error carries what the program said. */
export async function run(command: Command, env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const { file, args, cwd, uid, gid } = command
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      uid,
      gid,
      env: { ...env, ...command.env } as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    unfinished.add(child)
    let said = ''
    const hear = (chunk: Buffer) => {
      said += chunk.toString('utf8')
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', (cause) => reject(new Error(`${file} could not be started: ${cause.message}`, { cause })))
    child.once('close', (code, signal) => {
      unfinished.delete(child)
      if (code === 0) resolve(said.trim())
      else reject(new Error(`${file} ${args[0] ?? ''} ended with ${signal ?? `code ${code}`}:\n${said.trim()}`))
    })
  })
}

/** Every program of that name on PATH, in PATH's order. */
export function onPath(name: string, path: string | undefined): string[] {
  return (path ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .filter(isProgram)
}

export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

export async function outputOf(file: string, ...args: string[]): Promise<string | undefined> {
  return run({ file, args }, process.env).catch(() => undefined)
}
