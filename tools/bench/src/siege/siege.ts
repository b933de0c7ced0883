import { setTimeout as sleep } from 'node:timers/promises'
import { migrate } from '@lijian/database'
import { freePort } from '@lijian/stack'
import { makeKey } from '../data/keys'
import { apiEnvironment } from '../parts/environment'
import type { Report } from '../parts/part'
import { startApp } from '../processes'
import { figure, table } from '../report/table'
import { withBed, type Bed } from '../servers'
import { beginApart, besiege, type Siege } from './besiege'
import { attackersKeys, furnish, honestPayment } from './furnish'
import { Till } from './honest'

export interface SiegeBenchOptions {
  /** Of the payments alone; beside an attack twice as long. */
  seconds: number
  perSecond: number
  /** Of attacks. */
  names: readonly string[]
  say: (line: string) => void
}

const GOAL = 1.5
/** What one attack left to do, so that the next payments are alone. */
const SETTLES_MS = 1000
const HEAD = [
  'beside',
  'p99 ms alone',
  'p99 ms beside',
  'ratio',
  'deadline alone',
  'deadline',
  'wrong',
  'what the attacker was told',
]

/** Payments of an honest client beside each attack, against the same payments alone just before. */
export const siege = (options: SiegeBenchOptions): Promise<Report> =>
  withBed(
    options.say,
    async (bed) => {
      const sieges = await measure(bed, options)
      const ratios = sieges.map(({ alone, beside }) => beside.p99Ms / alone.p99Ms).sort((a, b) => a - b)
      const wrong = sieges.reduce((sum, { alone, beside }) => sum + alone.wrong.length + beside.wrong.length, 0)
      const met = ratios.filter((ratio) => ratio <= GOAL).length
      return {
        title: 'Payments under siege',
        body: [
          `${options.perSecond} payments/s with an offer (a query and its result), ${options.seconds} s alone and ${2 * options.seconds} s beside each attack. Of ` +
            `${sieges.length} attacks ${met} within ${GOAL} × (median ${figure(ratios[Math.floor(ratios.length / 2)] ?? NaN)} ×); ${wrong} wrong answers.`,
          table(HEAD, sieges.map(rowOf)),
          ...sieges.flatMap(({ name, alone, beside }) => {
            const texts = [...new Set([...alone.wrong, ...beside.wrong])]
            return texts.length > 0 ? [`${name}: ${texts.slice(0, 3).join('; ')}`] : []
          }),
        ].join('\n\n'),
        versions: bed.versions,
      }
    },
    loadHonest,
  )

async function loadHonest(url: string): Promise<void> {
  await migrate(url)
  await furnish(url)
}

const rowOf = ({ name, alone, beside, answers }: Siege): string[] => [
  name,
  figure(alone.p99Ms),
  figure(beside.p99Ms),
  figure(beside.p99Ms / alone.p99Ms),
  `${alone.deadlines} of ${alone.sent}`,
  `${beside.deadlines} of ${beside.sent}`,
  String(beside.wrong.length),
  Object.entries(answers)
    .map(([what, count]) => `${what} ${figure(count)}`)
    .join(', '),
]

async function measure(bed: Bed, { seconds, perSecond, names, say }: SiegeBenchOptions): Promise<Siege[]> {
  const key = await makeKey(bed.databaseUrl)
  const keys = await attackersKeys(bed.databaseUrl)
  const port = await freePort()
  // As an institution would start it: every limit at its default.
  const { LIJIAN_RATE_LIMIT_PER_SECOND: _none, ...env } = apiEnvironment(bed, { port })
  const api = await startApp({ name: 'api', env, port, logDir: bed.dir })
  const place = { port, internalPort: api.internalPort!, keys }
  const begin = (name: string) => beginApart(name, place)
  const till = new Till({ port, key, perSecond, payment: honestPayment })
  try {
    say('siege: warming up')
    await till.pay(3)
    const sieges: Siege[] = []
    for (const name of names) {
      await sleep(SETTLES_MS)
      const one = await besiege(name, { till, aloneSeconds: seconds, besideSeconds: 2 * seconds, begin })
      say(`siege: ${rowOf(one).join(' | ')}`)
      sieges.push(one)
    }
    return sieges
  } finally {
    till.close()
    await api.stop()
  }
}
