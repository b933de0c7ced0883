import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { redisServer } from '@lijian/stack'
import { freePort } from '@lijian/stack/ports'

const READY_WITHIN_MS = 30_000

export interface KeptRedis {
  id: string
  url: string
  /** Which server it is. */
  origin: string
}

interface Server extends KeptRedis {
  dir: string
  port: number
  child: ChildProcess
}

/** Servers of Redis or Valkey, each for one test file, which may kill its own. */
export class RedisServers {
  private readonly servers = new Map<string, Server>()
  private program: Promise<{ file: string; origin: string }> | undefined

  async start(): Promise<KeptRedis> {
    const dir = mkdtempSync(join(tmpdir(), 'lijian-redis-'))
    const port = await freePort()
    const id = String(port)
    const { origin } = await this.find()
    return this.launch({ id, dir, port, origin, url: `redis://127.0.0.1:${port}` })
  }

  /** On the same data and port as before; a killed one is up again. */
  async again(id: string): Promise<KeptRedis> {
    const { dir, port, origin, url } = this.servers.get(id)!
    return this.launch({ id, dir, port, origin, url })
  }

  async kill(id: string): Promise<void> {
    const { child } = this.servers.get(id)!
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }

  async stop(id: string): Promise<void> {
    await this.kill(id)
    rmSync(this.servers.get(id)!.dir, { recursive: true, force: true })
    this.servers.delete(id)
  }

  async stopAll(): Promise<void> {
    await Promise.allSettled([...this.servers.keys()].map((id) => this.stop(id)))
  }

  /** What tools/testing/run.mjs resolved, else found or fetched now. */
  private find(): Promise<{ file: string; origin: string }> {
    const file = process.env['TEST_REDIS_PROGRAM']
    return (this.program ??= file ? Promise.resolve({ file, origin: file }) : redisServer(() => undefined))
  }

  private async launch(about: Omit<Server, 'child'>): Promise<KeptRedis> {
    const { file } = await this.find()
    // As docs/reference asks of an operator: nothing is thrown away, and what was written survives a kill.
    const words = ['--bind', '127.0.0.1', '--port', String(about.port), '--dir', about.dir, '--save', '']
    const rules = ['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction']
    const child = spawn(file, [...words, ...rules], { stdio: 'ignore' })
    const failed = new Promise<never>((_, reject) => child.once('error', reject))
    failed.catch(() => undefined)
    this.servers.set(about.id, { ...about, child })
    const deadline = Date.now() + READY_WITHIN_MS
    while (!(await Promise.race([answers(about.port), failed]))) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the Redis server of ${file} did not start`)
      await sleep(20)
    }
    const { id, url, origin } = about
    return { id, url, origin }
  }
}

/** It loads its data first, and says so to who asks. */
const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('data', (said) => end(String(said).startsWith('+PONG'))).once('error', () => end(false))
    socket.setTimeout(1000, () => end(false))
  })
