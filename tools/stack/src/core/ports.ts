import { randomInt } from 'node:crypto'
import { connect, createServer } from 'node:net'
import type { PortUse } from './server'

const host = '127.0.0.1'

/**
 * Below the ports that the system gives to whoever connects or listens on port 0 (Linux: from 32,768), so that nobody is
 * handed this one between its choice and its use. At random: other processes choose here too.
 */
const CHOSEN_FROM = { first: 12_000, count: 20_000 }

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = CHOSEN_FROM.first + randomInt(CHOSEN_FROM.count)
    if (!(await portTaken(port))) return port
  }
  throw new Error('no free port was found in 100 tries')
}

/** Both ways are asked: a listener on another address of this machine is seen only by binding, one on 0.0.0.0 perhaps only by connecting. */
export async function portTaken(port: number): Promise<boolean> {
  return (await answers(port)) || !(await bindable(port))
}

export async function answers(port: number, at = host): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: at, timeout: 1_000 })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
    socket.once('timeout', () => end(false))
  })
}

async function bindable(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}

/** Those above 1,023 that browsers and `fetch` do not connect to (https://fetch.spec.whatwg.org/#port-blocking): a server there never seems ready. */
const NO_BROWSER_CONNECTS = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
])

export interface NamedPortUse extends PortUse {
  server: string
}

/** Throws one error that names every taken port, who wants it and the variable that moves it. */
export async function assertPortsFree(uses: readonly NamedPortUse[]): Promise<void> {
  const problems: string[] = []
  const wantedBy = new Map<number, NamedPortUse>()
  for (const use of uses) {
    const other = wantedBy.get(use.port)
    wantedBy.set(use.port, use)
    if (other)
      problems.push(
        `port ${use.port} is wanted twice, by ${other.server} (${other.variable}) and ${use.server} (${use.variable})`,
      )
    else if (NO_BROWSER_CONNECTS.has(use.port))
      problems.push(
        `port ${use.port}, wanted by ${use.server}, is one that browsers refuse: set ${use.variable} to another`,
      )
    else if (await portTaken(use.port))
      problems.push(`port ${use.port}, wanted by ${use.server}, is taken: set ${use.variable} to a free one`)
  }
  if (problems.length > 0)
    throw new Error(`${problems.join('\n')}\n(or move all default ports: ./lijian up --port-offset 100)`)
}
