import { stopTasks } from '../programs/run'
import { stopProcess } from './child'
import { projectEnvironment } from './environment'
import { identify } from './identity'
import { refuseHeldData } from './launch'
import { inStartOrder } from './order'
import { Part } from './part'
import { assertPortsFree } from './ports'
import { type RestartLimits, Restarts } from './restarts'
import { isSupervised, leftOver, readRun, removeRun, type Run, type ServerRecord, writeRun } from './run-file'
import type { Program, Server, Source } from './server'
import type { Stack } from './stack'
import { AlreadyRuns, takeUpLock } from './up-lock'
import { within } from './wait'

export type Say = (server: string, line: string) => void

/** Starts a stack in order, keeps its record, starts again what dies, and stops what it started, newest first, and nothing else. */
export class Supervisor {
  private readonly parts = new Map<string, Part>()
  private sources: [Server, Source][] = []
  private readonly run: Run
  private lock: { release(): void } | undefined
  private stopped: Promise<void> | undefined
  private tellStopped: () => void = () => undefined
  readonly whenStopped = new Promise<void>((resolve) => {
    this.tellStopped = resolve
  })

  constructor(
    private readonly stack: Stack,
    private readonly servers: readonly Server[],
    private readonly say: Say,
    private readonly limits?: RestartLimits,
  ) {
    this.run = {
      supervisor: identify(process.pid) ?? { pid: process.pid, mark: '' },
      state: 'starting',
      profile: stack.config.profile,
      portOffset: stack.portOffset,
      devKeys: stack.devKeys,
      startedAt: new Date().toISOString(),
      repairs: 0,
      env: {},
      servers: [],
    }
  }

  /**
   * Throws when something does not start; what was started by then is stopped again. What an earlier launcher left is taken over: then what
   * does not start is tried again like what dies, and nothing that runs is stopped.
   */
  async start(): Promise<void> {
    const { dataDir } = this.stack
    refuseSupervised(dataDir)
    this.lock = takeUpLock(dataDir)
    try {
      // Between the look and the lock another may have come and gone, and come again.
      refuseSupervised(dataDir)
      await this.startLocked(leftOver(readRun(dataDir)))
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  private async startLocked(left: readonly ServerRecord[]): Promise<void> {
    const ordered = inStartOrder(this.servers)
    // Held data is looked at first: its holder usually has the port too, and "in use by process N" says more than "port taken".
    await this.resolveAll(ordered, left)
    const taken = this.adoptable(left)
    const stale = left.filter(({ name }) => !taken.has(name))
    const uses = ordered
      .filter(({ name }) => !taken.has(name))
      .flatMap((s) => s.ports(this.stack).map((use) => ({ ...use, server: s.name })))
    for (const record of stale) await stopRecorded(record, this.say)
    await assertPortsFree(uses)
    this.record()
    for (const [server, source] of this.sources)
      await this.bringUp(server, source, taken.get(server.name), taken.size > 0)
    this.run.state = 'ready'
    this.record()
  }

  /** Starts what is missing, and counts deaths anew; returns when each part is up or has given up. */
  async repair(): Promise<void> {
    if (this.stopped || this.run.state !== 'ready') return
    this.run.state = 'repairing'
    this.record()
    for (const [server, source] of this.sources) {
      const done = this.recordOf(server)?.state
      if (done !== 'done' && done !== 'given') await this.bringUp(server, source, undefined, true)
    }
    if (this.stopped) return
    this.run.state = 'ready'
    this.run.repairs = (this.run.repairs ?? 0) + 1
    this.record()
  }

  stop(): Promise<void> {
    this.stopped ??= this.stopAll()
    return this.stopped
  }

  /** `mending`: something healthy runs, so a failure stops nothing, and what needs the failed part waits. */
  private async bringUp(
    server: Server,
    source: Source,
    left: ServerRecord | undefined,
    mending: boolean,
  ): Promise<void> {
    if (this.stopped) throw new Error('stopped while starting')
    const part = this.parts.get(server.name)
    if (part && left?.process && (await part.takeOver(left.process))) return
    if (mending && !left && !this.hasNeeds(server)) return
    if (part && mending) await part.repair()
    else if (part) await part.start()
    else
      await this.runOnce(server, source).catch((error: Error) => {
        if (!mending || this.stopped) throw error
        this.note(server.name, { state: 'gave up', lastEnd: { how: 'failed', at: new Date().toISOString() } })
        this.say(server.name, error.message)
      })
  }

  private async runOnce(server: Server, source: Source): Promise<void> {
    this.note(server.name, { state: 'starting' })
    if (source.kind === 'task') {
      this.say(server.name, await source.run())
      this.note(server.name, { state: 'done' })
    } else if (source.kind === 'given') {
      if (!(await within(10_000, 250, () => source.ready())))
        throw new Error(`${server.name}: the server given for it does not answer at ${source.address}`)
      Object.assign(this.stack.env, source.teach)
      this.note(server.name, { state: 'given' })
      this.say(server.name, `yours, at ${source.address}`)
    }
  }

  private async resolveAll(ordered: readonly Server[], left: readonly ServerRecord[]): Promise<void> {
    const earlier = left.length > 0 ? readRun(this.stack.dataDir)?.servers : undefined
    const history = new Map(earlier?.map(({ name, restarts, lastEnd }) => [name, { restarts, lastEnd }]))
    for (const server of ordered) {
      const source = await server.resolve(this.stackOf(server))
      const isLeft = left.some(({ name }) => name === server.name)
      if (source.kind === 'program' && !isLeft) refuseHeldData(server, source)
      this.sources.push([server, source])
      if (source.kind === 'program') this.parts.set(server.name, this.partOf(server, source))
      this.run.servers.push({
        name: server.name,
        state: 'waiting',
        origin: source.kind === 'given' ? 'given' : source.origin,
        address: source.kind === 'task' ? '' : source.address,
        since: new Date().toISOString(),
        ...history.get(server.name),
      })
    }
  }

  private partOf(server: Server, program: Program): Part {
    return new Part(server, program, {
      stack: this.stackOf(server),
      restarts: new Restarts(this.limits),
      note: (change) => this.note(server.name, change),
      countRestart: () => {
        const restarts = (this.recordOf(server)?.restarts ?? 0) + 1
        this.note(server.name, { restarts })
        return restarts
      },
      say: (line) => this.say(server.name, line),
      needs: async (cancelled) => {
        await within(
          Infinity,
          200,
          async () => cancelled() || (this.hasNeeds(server) && (await this.needsAnswer(server))),
        )
      },
    })
  }

  /** The left processes that this stack would start at the same address. */
  private adoptable(left: readonly ServerRecord[]): Map<string, ServerRecord> {
    const isOurs = ({ name, address }: ServerRecord) => this.parts.get(name)?.program.address === address
    return new Map(left.filter(isOurs).map((record) => [record.name, record]))
  }

  private hasNeeds(server: Server): boolean {
    return this.neededBy(server).every((needed) =>
      ['ready', 'done', 'given'].includes(this.recordOf(needed)?.state ?? ''),
    )
  }

  /** A server of the user's is not watched, so it is asked. */
  private async needsAnswer(server: Server): Promise<boolean> {
    const needed = this.neededBy(server)
    const given = this.sources.flatMap(([one, source]) =>
      needed.includes(one) && source.kind === 'given' ? [source] : [],
    )
    return (await Promise.all(given.map((source) => source.ready()))).every(Boolean)
  }

  /** Also through others: the api needs migrations, and these PostgreSQL. */
  private neededBy({ needs }: Server): Server[] {
    const direct = this.servers.filter(({ name }) => needs.includes(name))
    return [...new Set(direct.flatMap((server) => [server, ...this.neededBy(server)]))]
  }

  private async stopAll(): Promise<void> {
    this.run.state = 'stopping'
    const isRecorded = readRun(this.stack.dataDir)?.supervisor.pid === process.pid
    if (isRecorded) this.record()
    stopTasks()
    for (const part of [...this.parts.values()].reverse()) if (await part.stop()) this.say(part.name, 'stopped')
    if (isRecorded) removeRun(this.stack.dataDir)
    this.lock?.release()
    this.tellStopped()
  }

  private stackOf(server: Server): Stack {
    return { ...this.stack, say: (line) => this.say(server.name, line) }
  }

  private recordOf({ name }: { name: string }): ServerRecord | undefined {
    return this.run.servers.find((candidate) => candidate.name === name)
  }

  private note(name: string, change: Partial<ServerRecord>): void {
    const record = this.recordOf({ name })
    const since = change.state === undefined ? {} : { since: new Date().toISOString() }
    if (record) Object.assign(record, change, since)
    this.record()
  }

  private record(): void {
    this.run.env = projectEnvironment(this.stack)
    writeRun(this.stack.dataDir, this.run)
  }
}

function refuseSupervised(dataDir: string): void {
  const earlier = readRun(dataDir)
  if (isSupervised(earlier))
    throw new AlreadyRuns(
      `the stack in ${dataDir} is running already (process ${earlier.supervisor.pid}): ./lijian status`,
    )
}

/** What a killed launcher left, newest first. */
export async function stopLeftOver(dataDir: string, say: Say): Promise<void> {
  for (const record of leftOver(readRun(dataDir))) await stopRecorded(record, say)
  removeRun(dataDir)
}

async function stopRecorded({ name, process: identity, stopSignal }: ServerRecord, say: Say): Promise<void> {
  if (!identity) return
  await stopProcess(identity, stopSignal ?? 'SIGTERM')
  say(name, `stopped (process ${identity.pid}, left by a launcher that was killed)`)
}
