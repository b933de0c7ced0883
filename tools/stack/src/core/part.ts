import { setTimeout as sleep } from 'node:timers/promises'
import { adoptChild } from './child'
import type { Identity } from './identity'
import { launch, logFileOf, Patience, type Running, runningOf, tail, untilReady, untilSettled } from './launch'
import type { Restarts } from './restarts'
import type { ServerRecord } from './run-file'
import type { Program, Server } from './server'
import type { Stack } from './stack'

/** What a part needs of its supervisor. */
export interface Surroundings {
  stack: Stack
  restarts: Restarts
  note(change: Partial<ServerRecord>): void
  countRestart(): number
  say(line: string): void
  /** Returns when all that the part needs answers. */
  needs(cancelled: () => boolean): Promise<void>
}

/** One program of the stack: it is started, taken over from an earlier launcher, started again when it dies, and stopped. */
export class Part {
  private running: Running | undefined
  private readyAt = 0
  private isSettled = false
  private isStopped = false
  private reviving: Promise<void> | undefined
  private hurry: () => void = () => undefined

  constructor(
    readonly server: Server,
    readonly program: Program,
    private readonly around: Surroundings,
  ) {}

  get name(): string {
    return this.server.name
  }

  /** The first start; throws when it fails. */
  async start(): Promise<void> {
    const begun = Date.now()
    const running = await this.launch()
    this.isReady(running)
    const { address, origin } = this.program
    this.around.say(`ready at ${address} in ${((Date.now() - begun) / 1000).toFixed(1)} s · ${origin}`)
  }

  /** False when what an earlier launcher left does not answer; it is stopped then. */
  async takeOver(identity: Identity): Promise<boolean> {
    const { stack, say } = this.around
    const logFile = logFileOf(this.server, stack)
    const running = runningOf(this.server, this.program, adoptChild(identity), logFile)
    this.hold(running)
    const patience = new Patience(this.program.readyWithinMs, logFile)
    try {
      await untilReady(running, patience)
    } catch {
      if (!this.isStopped) await running.stop()
      return false
    }
    await untilSettled(running, patience).catch((error: Error) => say(error.message))
    this.program.started?.(identity.pid)
    Object.assign(stack.env, this.program.teach)
    this.isReady(running)
    say(`taken over as it is (process ${identity.pid})`)
    return true
  }

  /** Starts it as often as the limit allows; false when it has given up. Asked again it begins to count anew. */
  async repair(): Promise<boolean> {
    if (this.isUp()) return true
    this.around.restarts.forget()
    this.hurry()
    await this.revive()
    return this.isUp()
  }

  async stop(): Promise<boolean> {
    this.isStopped = true
    this.hurry()
    const running = this.running
    await running?.stop()
    await this.reviving
    // What was started while it was told to stop.
    if (this.running !== running) await this.running?.stop()
    return this.running !== undefined
  }

  private isUp(): boolean {
    return this.readyAt > 0
  }

  private async launch(): Promise<Running> {
    if (this.isStopped) throw new Error('stopped while starting')
    this.around.note({ state: 'starting' })
    return launch(this.server, this.program, this.around.stack, {
      settle: !this.isSettled,
      whenStarted: (started) => this.hold(started),
    })
  }

  private hold(started: Running): void {
    this.running = started
    const { probe, stopSignal } = this.program
    this.around.note({ process: started.child.identity, stopSignal, probe })
    void started.child.exited.then((how) => this.died(started, how))
    if (this.isStopped) void started.stop()
  }

  private isReady(running: Running): void {
    this.readyAt = Date.now()
    this.isSettled = true
    this.around.note({ state: 'ready' })
    // It may have died between its answer and this line.
    if (running.child.hasExited()) void running.child.exited.then((how) => this.died(running, how))
  }

  /** Whoever starts it hears of a death before it was ready. */
  private died(dead: Running, how: string): void {
    if (this.isStopped || dead !== this.running || !this.isUp()) return
    this.around.restarts.ranFor(Date.now() - this.readyAt)
    this.readyAt = 0
    this.program.stopped?.()
    this.ended(how, dead.logFile)
    // It may die while the restart before is just being finished.
    void Promise.resolve(this.reviving).then(() => this.revive())
  }

  private ended(how: string, logFile?: string): void {
    const at = new Date().toISOString()
    this.around.note({ state: 'restarting', lastEnd: { how, at } })
    this.around.say(`${at} ${how}${logFile === undefined ? '' : tail(logFile)}`)
  }

  private revive(): Promise<void> {
    this.reviving ??= this.untilUp().finally(() => {
      this.reviving = undefined
    })
    return this.reviving
  }

  private async untilUp(): Promise<void> {
    while (!this.isStopped) {
      const delayMs = this.around.restarts.next(Date.now())
      if (delayMs === undefined) return this.giveUp()
      await this.pause(delayMs)
      await this.around.needs(() => this.isStopped)
      if (this.isStopped) return
      try {
        const running = await this.launch()
        const restarts = this.around.countRestart()
        this.isReady(running)
        this.around.say(`${new Date().toISOString()} ready again (restart ${restarts})`)
        return
      } catch (error) {
        if (!this.isStopped) this.ended((error as Error).message)
      }
    }
  }

  private giveUp(): void {
    const { limit, withinMs } = this.around.restarts.limits
    this.around.note({ state: 'gave up' })
    this.around.say(
      `it was started ${limit} times within ${withinMs / 60_000} min and is not started again: ` +
        `look at ./lijian logs ${this.name}, then ./lijian up tries again`,
    )
  }

  private async pause(ms: number): Promise<void> {
    const cut = new AbortController()
    this.hurry = () => cut.abort()
    await sleep(ms, undefined, { signal: cut.signal }).catch(() => undefined)
    this.hurry = () => undefined
  }
}
