import type { Stack } from './stack'

/** One server is one file in `servers/`. The launcher alone starts, watches and stops; a server only says what it is. */
export interface Server {
  name: string
  needs: readonly string[]
  /** Ports it takes on this machine, looked at before anything starts; none when the user brings his own server. */
  ports(stack: Stack): readonly PortUse[]
  /** The user's own server, else a program found on PATH, else an embedded or cached one, else one that is installed or built now. */
  resolve(stack: Stack): Promise<Source>
}

export interface PortUse {
  port: number
  /** The variable that moves it. */
  variable: string
}

export type Source = GivenServer | Task | Program

/** The user's own: neither started nor stopped here. */
export interface GivenServer {
  kind: 'given'
  address: string
  teach: Readonly<Record<string, string>>
  ready(): Promise<boolean>
}

/** Something that runs once and ends, such as the migrations. */
export interface Task {
  kind: 'task'
  origin: string
  run(): Promise<string>
}

export interface Program {
  kind: 'program'
  origin: string
  address: string
  /** A page that answers 200 when the server is ready. */
  probe?: string
  /** Environment that everything started later receives, such as DATABASE_URL. */
  teach: Readonly<Record<string, string>>
  stopSignal: NodeJS.Signals
  readyWithinMs: number
  /** What must exist before the start: initialised data, a written configuration. */
  prepare?(): Promise<void>
  command(): Command
  /** Called with its process number, and when it has ended. */
  started?(pid: number): void
  stopped?(): void
  ready(): Promise<boolean>
  /** What is done once it answers: a database, a namespace. */
  settle?(): Promise<void>
  /** A process outside this launcher that already holds the data. */
  holder?(): Holder | undefined
}

export interface Command {
  file: string
  args: readonly string[]
  env?: Readonly<Record<string, string | undefined>>
  cwd?: string
  uid?: number
  gid?: number
}

export interface Holder {
  pid: number
  data: string
}
