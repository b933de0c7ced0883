import { spawn } from 'node:child_process'
import { join } from 'node:path'

// A program that finds itself in a jest worker waits to be called.
const { JEST_WORKER_ID: _, ...ENV } = process.env

/** The built command as a user runs it, in `cwd`, with `input` on stdin. */
export function lijian(
  cwd: string,
  args: readonly string[],
  input: string | Buffer = '',
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(__dirname, '..', '..', 'dist', 'cli.js'), ...args], { cwd, env: ENV })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}
