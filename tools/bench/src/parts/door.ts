import { CatalogService } from '@lijian/catalog'
import { openTransactions, type QueryAsk, type Transactions } from '@lijian/transactions'
import { anyPayment, hotPayment, serialOf, type Payment } from '../data/payments'
import { Random } from '../data/random'
import { Histogram } from '../report/histogram'
import { figure, ms, table } from '../report/table'
import { withBed } from '../servers'
import type { BenchOptions, Report } from './part'

interface Phase {
  name: string
  answered: number
  held: number
  seconds: number
  histogram: Histogram
}

const askOf = (run: string, n: number, payment: Payment): QueryAsk => ({
  client: 'bench',
  request: { ...payment, serial: serialOf(run, n), currency: 'CNY' },
  bodyHash: `hash-${n}`,
  door: 'http',
  receivedAtMs: Date.now(),
  deadlineMs: 10_000,
})

/** `clients` callers, each asking again as soon as it is answered, until the time is over or `ask` has nothing left. */
async function drive(
  name: string,
  clients: number,
  seconds: number,
  ask: (n: number) => Promise<{ state: string }> | undefined,
): Promise<Phase> {
  const phase: Phase = { name, answered: 0, held: 0, seconds: 0, histogram: new Histogram() }
  let next = 0
  const began = performance.now()
  const caller = async () => {
    while (performance.now() - began < seconds * 1_000) {
      const asked = performance.now()
      const answer = ask(next++)
      if (!answer) return
      const { state } = await answer
      phase.histogram.addMs(performance.now() - asked)
      phase.answered++
      if (state === 'held') phase.held++
    }
  }
  await Promise.all(Array.from({ length: clients }, caller))
  phase.seconds = (performance.now() - began) / 1_000
  return phase
}

async function phases(door: Transactions, options: BenchOptions, clients: number): Promise<Phase[]> {
  const run = `d${clients}`
  const random = new Random(clients)
  const queries = await drive('offer queries, six counters', clients, options.seconds, (n) =>
    door.query(askOf(run, n, hotPayment(random, run, n))),
  )
  const held = queries.held
  const results = await drive('results, success', clients, options.seconds, (n) =>
    n < held
      ? door.result({
          client: 'bench',
          serial: serialOf(run, n),
          request: { outcome: 'success' },
          bodyHash: 'r',
          door: 'http',
        })
      : undefined,
  )
  const others = await drive('any payment', clients, options.seconds, (n) =>
    door.query(askOf(`any${clients}`, n, anyPayment(random, n))),
  )
  return [queries, results, others]
}

/** The door without HTTP: what admission and capture alone cost in this process, load and server sharing it. */
export async function door(options: BenchOptions): Promise<Report> {
  return withBed(options.say, async ({ databaseUrl, versions }) => {
    const catalog = new CatalogService({ databaseUrl, drawKey: Buffer.alloc(32, 7) })
    await catalog.start()
    const batches = { count: 0, size: 0, ms: 0, tries: 0 }
    const served = openTransactions({
      databaseUrl,
      catalog,
      timeZone: 'Asia/Shanghai',
      cutOff: '24:00',
      times: { queryDeadlineMs: 10_000, holdSeconds: 900, clockSkewSeconds: Infinity },
      startDelayMs: 0,
      onBatch: (size, elapsedMs, tries) => {
        batches.count++
        batches.size += size
        batches.ms += elapsedMs
        batches.tries += tries
      },
    })
    try {
      options.say('door: warming up')
      const random = new Random(3)
      await drive('warm', 32, 2, (n) => served.query(askOf('warm', n, hotPayment(random, 'warm', n))))
      const rows: string[][] = []
      for (const clients of options.clients) {
        options.say(`door: ${clients} callers`)
        for (const { name, answered, held, seconds, histogram } of await phases(served, options, clients)) {
          const { p50Us, p95Us, p99Us } = histogram.summary()
          const part = name === 'results, success' ? '–' : `${figure((100 * held) / Math.max(1, answered))} %`
          rows.push([name, String(clients), figure(answered / seconds), part, ms(p50Us), ms(p95Us), ms(p99Us)])
        }
      }
      const average = `Batches: ${figure(batches.size / batches.count)} decisions in ${figure(batches.ms / batches.count)} ms on average, ${figure(batches.tries / batches.count)} tries.`
      const head = ['what', 'callers', 'per second', 'held', 'p50 ms', 'p95 ms', 'p99 ms']
      return { title: 'door. Admission in process, no HTTP', body: `${average}\n\n${table(head, rows)}`, versions }
    } finally {
      await served.close()
      await catalog.stop()
    }
  })
}
