import { setTimeout as sleep } from 'node:timers/promises'
import { cables, forAWhile, LASTS_MS, payingAllTheSame, STEADY_PER_SECOND, type Fault, type Scene } from './fault'
import { starve } from './starve'

/** The two processes begin with clocks that differ by two hours, and the second fault puts others in their place. */
export const SKEWS_MS = [-3_600_000, 3_600_000] as const

const countersOf = (merchant: string) =>
  `SELECT key FROM counter WHERE key LIKE 'C-${merchant}%' ORDER BY key FOR UPDATE`
const COUNTERS_OF_A = countersOf('MA')
const COUNTERS_OF_C = countersOf('MC')

/** More than PostgreSQL keeps ahead. */
const SEGMENTS_MAX = 100

export const FAULTS: Fault[] = [
  { name: 'one process an hour behind, the other ahead', kind: 'clock', strike: () => sleep(LASTS_MS) },
  {
    name: 'each API process killed (SIGKILL), started again',
    kind: 'process',
    endsProcesses: true,
    async strike({ ground }) {
      const next = [ground.successor(0), ground.successor(1)]
      for (const n of [0, 1]) {
        await ground.killTill(n)
        ground.tills[n] = await next[n]!
      }
    },
  },
  {
    name: 'one process stopped (SIGSTOP), goes on',
    kind: 'process',
    strike: ({ ground }) =>
      forAWhile(
        () => void ground.tills[1]!.process.kill('SIGSTOP'),
        () => void ground.tills[1]!.process.kill('SIGCONT'),
      ),
  },
  {
    name: 'PostgreSQL killed (SIGKILL), started again',
    kind: 'postgres',
    async strike({ ground }) {
      ground.postgres.kill('SIGKILL')
      await sleep(300)
      await ground.postgres.start()
    },
  },
  {
    name: 'stopped at once (SIGQUIT), then each new session takes 1 s (post_auth_delay)',
    kind: 'postgres',
    async strike(scene) {
      const { postgres } = scene.ground
      await postgres.sql('ALTER SYSTEM SET post_auth_delay = 1')
      postgres.kill('SIGQUIT')
      await sleep(300)
      await postgres.start()
      await payingAllTheSame(scene)
      await postgres.sql('ALTER SYSTEM RESET post_auth_delay')
      await postgres.sql('SELECT pg_reload_conf()')
    },
  },
  { name: 'disk full, until PostgreSQL panics; then space again', kind: 'postgres', strike: diskFull },
  {
    name: 'sessions ended by PostgreSQL, also new ones',
    kind: 'road',
    async strike({ ground }) {
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
    kind: 'road',
    async strike(scene) {
      let n = 0
      for (const cable of cables(scene)) cable.loseReply(() => n++ % 10 === 9)
      await sleep(LASTS_MS)
      for (const cable of cables(scene)) cable.mend()
    },
  },
  {
    name: '200 ms more a round trip',
    kind: 'road',
    strike: (scene) =>
      forAWhile(
        () => cables(scene).forEach((cable) => cable.delay(100)),
        () => cables(scene).forEach((cable) => cable.mend()),
      ),
  },
  {
    name: 'frozen, then thawed',
    kind: 'road',
    strike: (scene) =>
      forAWhile(
        () => cables(scene).forEach((cable) => cable.freeze()),
        () => cables(scene).forEach((cable) => cable.thaw()),
      ),
  },
  {
    name: 'connections half-open, new ones fine',
    kind: 'road',
    strike: async (scene) => cables(scene).forEach((cable) => cable.halfOpen()),
  },
  {
    name: 'unreachable: packets dropped',
    kind: 'road',
    strike: (scene) =>
      forAWhile(
        () => cables(scene).forEach((cable) => cable.dropPackets()),
        () => cables(scene).forEach((cable) => cable.mend()),
      ),
  },
  {
    name: 'cut, and connecting takes 1.5 s',
    kind: 'road',
    async strike(scene) {
      for (const cable of cables(scene)) {
        cable.slowStart(1500)
        cable.sever()
      }
      await payingAllTheSame(scene)
      for (const cable of cables(scene)) cable.mend()
    },
  },
  {
    name: 'counters of A locked: C goes on',
    kind: 'rows',
    async strike({ ground }) {
      const session = await ground.session()
      await session.query('BEGIN')
      await session.query(COUNTERS_OF_A)
      await sleep(LASTS_MS)
      await session.query('ROLLBACK')
      await session.end()
    },
  },
  {
    name: 'deadlocks of two other programs',
    kind: 'rows',
    async strike({ ground }) {
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
    name: 'each query twice at once, at two processes',
    kind: 'twice',
    load: { twice: true },
    strike: () => sleep(LASTS_MS),
  },
  {
    name: 'each query twice at once, one process late',
    kind: 'twice',
    load: { twice: true },
    strike: ({ ground }) =>
      forAWhile(
        () => ground.tills[1]!.cable.delay(600),
        () => ground.tills[1]!.cable.mend(),
      ),
  },
  {
    name: 'no connection left in PostgreSQL (53300)',
    kind: 'crowd',
    async strike(scene) {
      const { postgres } = scene.ground
      await postgres.sql('ALTER ROLE lijian_service CONNECTION LIMIT 0')
      for (const cable of cables(scene)) cable.sever()
      await sleep(LASTS_MS)
      await postgres.sql('ALTER ROLE lijian_service CONNECTION LIMIT -1')
    },
  },
  { name: 'twice the payments that it can take', kind: 'crowd', strike: overload },
  {
    name: 'CPU starved, all connections cut: busy loops beside, and before',
    kind: 'crowd',
    async strike(scene) {
      const { ground } = scene
      const fed = starve([...ground.postgres.processes(), ...ground.tills.map(({ process: child }) => child.pid!)])
      try {
        for (const cable of cables(scene)) cable.sever()
        await sleep(LASTS_MS)
        await payingAllTheSame(scene)
      } finally {
        fed()
      }
    },
  },
]

/** First tables cannot grow, while the WAL has room in its segment; then the next segment has none, and PostgreSQL ends. */
async function diskFull({ ground }: Scene): Promise<void> {
  const { postgres } = ground
  const witness = await ground.session()
  let isUp = true
  witness.on('end', () => (isUp = false))
  postgres.fillDisk()
  try {
    await sleep(LASTS_MS)
    for (let n = 0; isUp && n < SEGMENTS_MAX; n++)
      await witness.query(`SELECT pg_switch_wal(), pg_logical_emit_message(true, '', '')`).catch(() => undefined)
    if (isUp) throw new Error('the disk was not full: PostgreSQL wrote all its WAL')
  } finally {
    postgres.freeDisk()
    await witness.end().catch(() => undefined)
    await postgres.revive()
  }
}

const MOST_PER_SECOND = 6400

/** Twice as fast each second, until half a second's payments are under way: then twice as many come as end. */
async function overload({ load }: Scene): Promise<string> {
  const goAt = (rate: number, ms: number) => {
    load.setRate(rate)
    return sleep(ms)
  }
  let perSecond = 200
  await goAt(perSecond, 1000)
  while (load.underWay < perSecond / 2 && perSecond < MOST_PER_SECOND) await goAt((perSecond *= 2), 1000)
  const before = load.queries.length
  await sleep(LASTS_MS)
  load.setRate(STEADY_PER_SECOND)
  const refused = load.queries.slice(before).filter(({ said }) => said === 'refused').length
  return `${perSecond}/s, ${refused} refused`
}
