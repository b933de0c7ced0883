import { projectEnvironment } from './environment'
import { identify } from './identity'
import { launch, refuseHeldData, type Running, tail } from './launch'
import { inStartOrder } from './order'
import { assertPortsFree } from './ports'
import { isSupervised, leftOver, readRun, removeRun, type Run, type ServerRecord, writeRun } from './run-file'
import type { Server, Source } from './server'
import type { Stack } from './stack'
import { stopProcess } from './child'
import { stopTasks } from '../programs/run'
import { within } from './wait'

export type Say = (server: string, line: string) => void

/** Starts a stack in order, keeps its record, and stops what it started, newest first, and nothing else. */
export class Supervisor {
  private readonly running: Running[] = []
  private readonly run: Run
  private stopped: Promise<void> | undefined
  private tellStopped: () => void = () => undefined
  readonly whenStopped = new Promise<void>((resolve) => {
    this.tellStopped = resolve
  })

  constructor(
    private readonly stack: Stack,
    private readonly servers: readonly Server[],
    private readonly say: Say,
  ) {
    const self = identify(process.pid)
    this.run = {
      supervisor: self ?? { pid: process.pid, mark: '' },
      state: 'starting',
      profile: stack.config.profile,
      startedAt: new Date().toISOString(),
      env: {},
      servers: [],
    }
  }

  /** Throws when something does not start; what was started by then is stopped again. */
  async start(): Promise<void> {
    const { dataDir } = this.stack
    const earlier = readRun(dataDir)
    if (isSupervised(earlier))
      throw new Error(`the stack in ${dataDir} is running already (process ${earlier.supervisor.pid}): ./lijian status`)
    await stopLeftOver(dataDir, this.say)
    const ordered = inStartOrder(this.servers)
    const uses = ordered.flatMap((s) => s.ports(this.stack).map((use) => ({ ...use, server: s.name })))
    // Held data is looked at first: its holder usually has the port too, and "in use by process N" says more than "port taken".
    const sources = await this.resolveAll(ordered)
    await assertPortsFree(uses)
    try {
      this.record()
      for (const [server, source] of sources) await this.startOne(server, source)
      this.run.state = 'ready'
      this.record()
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  stop(): Promise<void> {
    this.stopped ??= this.stopAll()
    return this.stopped
  }

  get isStopping(): boolean {
    return this.stopped !== undefined
  }

  private async resolveAll(ordered: readonly Server[]): Promise<[Server, Source][]> {
    const sources: [Server, Source][] = []
    for (const server of ordered) {
      const source = await server.resolve(this.stackOf(server))
      if (source.kind === 'program') refuseHeldData(server, source)
      sources.push([server, source])
      this.run.servers.push({
        name: server.name,
        state: 'waiting',
        origin: source.kind === 'given' ? 'given' : source.origin,
        address: source.kind === 'task' ? '' : source.address,
        since: new Date().toISOString(),
      })
    }
    return sources
  }

  private async startOne(server: Server, source: Source): Promise<void> {
    if (this.stopped) throw new Error('stopped while starting')
    const begun = Date.now()
    this.note(server.name, { state: 'starting' })
    if (source.kind === 'task') {
      this.say(server.name, await source.run())
      this.note(server.name, { state: 'done' })
      return
    }
    if (source.kind === 'given') {
      if (!(await within(10_000, 250, () => source.ready())))
        throw new Error(`${server.name}: the server given for it does not answer at ${source.address}`)
      Object.assign(this.stack.env, source.teach)
      this.note(server.name, { state: 'given' })
      this.say(server.name, `yours, at ${source.address}`)
      return
    }
    const running = await launch(server, source, this.stackOf(server), (started) => {
      this.running.push(started)
      const { probe, stopSignal } = source
      this.note(server.name, { process: started.child.identity, stopSignal, probe })
      void started.child.exited.then((how) => this.reportDeath(started, how))
    })
    this.note(server.name, { state: 'ready' })
    this.say(
      server.name,
      `ready at ${source.address} in ${((Date.now() - begun) / 1000).toFixed(1)} s · ${running.program.origin}`,
    )
  }

  private reportDeath(dead: Running, how: string): void {
    const record = this.run.servers.find(({ name }) => name === dead.name)
    if (this.stopped || record?.state !== 'ready') return
    this.note(dead.name, { state: 'died' })
    this.say(dead.name, `${how}${tail(dead.logFile)}`)
    this.say(dead.name, 'the others keep running; ./lijian down and ./lijian up start it again')
  }

  private async stopAll(): Promise<void> {
    this.run.state = 'stopping'
    this.record()
    stopTasks()
    for (const running of this.running.splice(0).reverse()) {
      await running.stop()
      this.say(running.name, 'stopped')
    }
    removeRun(this.stack.dataDir)
    this.tellStopped()
  }

  private stackOf(server: Server): Stack {
    return { ...this.stack, say: (line) => this.say(server.name, line) }
  }

  private note(name: string, change: Partial<ServerRecord>): void {
    const record = this.run.servers.find((candidate) => candidate.name === name)
    if (record) Object.assign(record, change, { since: new Date().toISOString() })
    this.record()
  }

  private record(): void {
    this.run.env = projectEnvironment(this.stack)
    writeRun(this.stack.dataDir, this.run)
  }
}

export async function stopLeftOver(dataDir: string, say: Say): Promise<void> {
  for (const { name, process: identity, stopSignal } of leftOver(readRun(dataDir))) {
    if (!identity) continue
    await stopProcess(identity, stopSignal ?? 'SIGTERM')
    say(name, `stopped (process ${identity.pid}, left by a launcher that was killed)`)
  }
  removeRun(dataDir)
}
