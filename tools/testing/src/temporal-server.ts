import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@lijian/stack/ports'

const READY_WITHIN_MS = 30_000

/** A real Temporal server in memory. */
export async function startTemporal(program: string): Promise<{ address: string; stop: () => Promise<void> }> {
  const port = await freePort()
  const server = spawn(
    program,
    ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'never'],
    { stdio: 'ignore' },
  )
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const failed = new Promise<never>((_, reject) => server.once('error', reject))
  const stop = async () => {
    server.kill('SIGKILL')
    await ended
  }
  const deadline = Date.now() + READY_WITHIN_MS
  while (!(await Promise.race([accepts(port), failed]))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      if (server.exitCode === null) await stop()
      throw new Error(`the Temporal server of ${program} did not start`)
    }
    await sleep(50)
  }
  return { address: `127.0.0.1:${port}`, stop }
}

const accepts = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('close', () => socket.destroy())
    socket.setTimeout(1000, () => socket.destroy())
    socket.once('connect', () => socket.end())
  })
