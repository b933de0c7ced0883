import { setTimeout as sleep } from 'node:timers/promises'
import type { Ground } from './ground'
import type { LoadOptions } from './load'

export interface Fault {
  name: string
  /** Begins the fault, waits as long as it lasts, and ends it. */
  strike(ground: Ground): Promise<void>
  load?: Partial<LoadOptions>
}

const LASTS_MS = 3000

const cables = (ground: Ground) => ground.tills.map(({ cable }) => cable)

async function forAWhile(begin: () => void | Promise<void>, end: () => void | Promise<void>): Promise<void> {
  await begin()
  await sleep(LASTS_MS)
  await end()
}

/** A session that holds rows until it is told to let go. */
async function holding(ground: Ground, texts: string[], meanwhile: () => Promise<void>): Promise<void> {
  const session = await ground.session()
  try {
    await session.query('BEGIN')
    for (const text of texts) await session.query(text)
    await meanwhile()
    await session.query('ROLLBACK')
  } finally {
    await session.end().catch(() => undefined)
  }
}

const countersOf = (merchant: string) =>
  `SELECT key FROM counter WHERE key LIKE 'C-${merchant}%' ORDER BY key FOR UPDATE`
const COUNTERS_OF_A = countersOf('MA')
const COUNTERS_OF_C = countersOf('MC')

export const FAULTS: Fault[] = [
  {
    name: 'API process killed (SIGKILL), started again',
    async strike(ground) {
      await ground.killTill(0)
      await ground.startTill(0)
    },
  },
  {
    name: 'PostgreSQL killed (SIGKILL), started again',
    async strike(ground) {
      ground.postgres.kill('SIGKILL')
      await sleep(300)
      await ground.postgres.start()
    },
  },
  {
    name: 'PostgreSQL stopped at once (SIGQUIT), started again',
    async strike(ground) {
      ground.postgres.kill('SIGQUIT')
      await sleep(300)
      await ground.postgres.start()
    },
  },
  {
    name: 'sessions ended by PostgreSQL, also new ones',
    async strike(ground) {
      const end = Date.now() + LASTS_MS
      const session = await ground.session()
      while (Date.now() < end) {
        await session.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'lijian_service' AND pid <> pg_backend_pid()`,
        )
        await sleep(20)
      }
      await session.end()
    },
  },
  {
    name: 'one reply of PostgreSQL in ten lost',
    async strike(ground) {
      let n = 0
      for (const cable of cables(ground)) cable.loseReply(() => n++ % 10 === 9)
      await sleep(LASTS_MS)
      for (const cable of cables(ground)) cable.mend()
    },
  },
  {
    name: '200 ms more a round trip',
    strike: (ground) =>
      forAWhile(
        () => cables(ground).forEach((cable) => cable.delay(100)),
        () => cables(ground).forEach((cable) => cable.mend()),
      ),
  },
  {
    name: 'frozen, then thawed',
    strike: (ground) =>
      forAWhile(
        () => cables(ground).forEach((cable) => cable.freeze()),
        () => cables(ground).forEach((cable) => cable.thaw()),
      ),
  },
  {
    name: 'connections half-open, new ones fine',
    strike: async (ground) => cables(ground).forEach((cable) => cable.halfOpen()),
  },
  {
    name: 'unreachable: packets dropped',
    strike: (ground) =>
      forAWhile(
        () => cables(ground).forEach((cable) => cable.dropPackets()),
        () => cables(ground).forEach((cable) => cable.mend()),
      ),
  },
  {
    name: 'cut, and connecting takes 1.5 s',
    async strike(ground) {
      for (const cable of cables(ground)) {
        cable.slowStart(1500)
        cable.sever()
      }
      await sleep(LASTS_MS)
      for (const cable of cables(ground)) cable.mend()
    },
  },
  {
    name: 'counters of A locked: B and C go on',
    strike: (ground) => holding(ground, [COUNTERS_OF_A], () => sleep(LASTS_MS)),
  },
  {
    name: 'deadlocks of two other programs',
    async strike(ground) {
      const end = Date.now() + LASTS_MS
      while (Date.now() < end) {
        const [one, other] = [await ground.session(), await ground.session()]
        await one.query('BEGIN')
        await other.query('BEGIN')
        await one.query(COUNTERS_OF_A)
        await other.query(COUNTERS_OF_C)
        // PostgreSQL ends one of the two after a second.
        await Promise.allSettled([one.query(COUNTERS_OF_C), other.query(COUNTERS_OF_A)])
        await Promise.all([one.query('ROLLBACK'), other.query('ROLLBACK')])
        await Promise.all([one.end(), other.end()])
      }
    },
  },
  {
    name: 'no connection left in PostgreSQL',
    async strike(ground) {
      const taken: Awaited<ReturnType<Ground['session']>>[] = []
      for (const cable of cables(ground)) cable.sever()
      try {
        for (;;) taken.push(await ground.session())
      } catch {
        // Now there is none.
      }
      await sleep(LASTS_MS)
      await Promise.all(taken.map((session) => session.end()))
    },
  },
  { name: 'one process an hour behind', strike: (ground) => skewed(ground, -3_600_000) },
  { name: 'one process an hour ahead', strike: (ground) => skewed(ground, 3_600_000) },
  { name: 'each query twice at once, at two processes', load: { twice: true }, strike: () => sleep(LASTS_MS) },
  {
    name: 'each query twice at once, one process late',
    load: { twice: true },
    strike: (ground) =>
      forAWhile(
        () => ground.tills[1]!.cable.delay(600),
        () => ground.tills[1]!.cable.mend(),
      ),
  },
  {
    name: 'one process stopped (SIGSTOP), goes on',
    strike: (ground) =>
      forAWhile(
        () => void ground.tills[1]!.process.kill('SIGSTOP'),
        () => void ground.tills[1]!.process.kill('SIGCONT'),
      ),
  },
  { name: 'ten times the payments', load: { perSecond: 250 }, strike: () => sleep(LASTS_MS) },
]

async function skewed(ground: Ground, skewMs: number): Promise<void> {
  await ground.killTill(1)
  await ground.startTill(1, skewMs)
  await sleep(LASTS_MS)
  await ground.killTill(1)
  await ground.startTill(1)
}
