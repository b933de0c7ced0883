import { Cable, testDatabase, testRedis, until } from '@lijian/testing'
import { Redis } from 'ioredis'
import { Client } from 'pg'
import { JobQueue, migrateQueue, openRedis, QUEUE_SCHEMA, type QueuePlace } from '.'

/** A server of queues that a test may take away. */
interface Server {
  place(): QueuePlace
  away(): Promise<unknown>
  back(): Promise<unknown>
  /** Nothing is left of any job. */
  empty(): Promise<unknown>
  /** A server that has not got what the queue needs yet, and how it gets it. */
  prepare?: () => Promise<void>
}

const ends: (() => unknown)[] = []
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

async function postgres(): Promise<Server> {
  const { url, appUrl, drop } = await testDatabase()
  const cable = await Cable.to(appUrl)
  const owner = new Client({ connectionString: url })
  owner.on('error', () => undefined)
  await owner.connect()
  ends.push(
    drop,
    () => owner.end(),
    () => cable.close(),
  )
  // As the application logs in: it owns nothing of the queue's schema.
  const place = () => ({ postgres: { connectionString: cable.url, max: 3, keepAlive: true } })
  return {
    place,
    away: async () => cable.cut(),
    back: async () => cable.mend(),
    empty: () => owner.query(`DELETE FROM ${QUEUE_SCHEMA}.job`),
    prepare: () => migrateQueue(owner, 'lijian_app'),
  }
}

async function redis(): Promise<Server> {
  const { url, kill, revive, stop } = await testRedis()
  ends.push(stop)
  const place = () => {
    const connections = openRedis(url, 'test-queue', () => undefined)
    ends.push(() => Object.values(connections).forEach((one) => one.disconnect()))
    return connections
  }
  const empty = async () => {
    const client = new Redis(url)
    await client.flushall().finally(() => client.disconnect())
  }
  return { place, away: kill, back: revive, empty }
}

describe.each([
  ['PostgreSQL', postgres],
  ['Redis or Valkey', redis],
])('on %s', (_, start) => {
  let server: Server
  const queues: JobQueue[] = []
  const done: number[] = []
  let hold: Promise<void> | undefined
  const open = (errors: Error[] = []) => {
    const work = async (number: number) => {
      await hold
      done.push(number)
    }
    const onError = (error: Error) => void errors.push(error)
    const queue = new JobQueue({ name: 'test', place: server.place(), concurrency: 2, work, onError })
    queues.push(queue)
    return queue
  }
  const isDone = (...numbers: number[]) => until(async () => numbers.every((number) => done.includes(number)))
  /** As its owner does. */
  const add = (queue: JobQueue, number: number) =>
    until(() => queue.add(number, `n-${number}`).then(() => true, () => false)) // prettier-ignore

  beforeAll(async () => {
    server = await start()
  })
  afterEach(async () => {
    await Promise.all(queues.splice(0).map((queue) => queue.close()))
    done.length = 0
    hold = undefined
  })

  test('a queue that is opened before its server is there, or has its tables, begins when it is', async () => {
    await server.away()
    const errors: Error[] = []
    const queue = open(errors)
    await expect(queue.add(1, 'n-1')).rejects.toThrow('waits for its server')
    if (server.prepare) await until(async () => errors.length > 0)
    await server.back()
    if (server.prepare) {
      const refused = errors.length
      await until(async () => errors.length > refused + 1)
      await server.prepare()
    }
    await add(queue, 1)
    await isDone(1)
  })

  test('each number is worked on once, whichever of two processes takes it, and its id is free again afterwards', async () => {
    const [one, two] = [open(), open()]
    let release!: () => void
    hold = new Promise((resolve) => (release = resolve))
    const numbers = Array.from({ length: 20 }, (_n, i) => i + 1)
    for (const number of numbers) await add(one, number)
    for (const number of numbers) await add(two, number)
    release()
    await isDone(...numbers)
    await add(one, 100)
    await isDone(100)
    expect(done.toSorted((a, b) => a - b)).toEqual([...numbers, 100])
    await until(async () => {
      await one.add(1, 'n-1')
      return done.filter((number) => number === 1).length === 2
    })
  })

  test('a server that went away and came back takes jobs again', async () => {
    const errors: Error[] = []
    const queue = open(errors)
    await add(queue, 1)
    await isDone(1)
    await server.away()
    await expect(queue.add(2, 'n-2')).rejects.toThrow()
    await server.back()
    await add(queue, 3)
    await isDone(3)
    // What is told is told now and then, not as fast as a processor can.
    expect(errors.length).toBeLessThan(200)
  })

  test('a queue that was emptied in the middle of a job takes the same job again', async () => {
    const queue = open()
    let release!: () => void
    hold = new Promise((resolve) => (release = resolve))
    await add(queue, 1)
    await server.empty()
    release()
    hold = undefined
    await add(queue, 2)
    await isDone(2)
    await add(queue, 1)
    await isDone(1)
  })
})

test('it closes while PostgreSQL is away, opened or not yet', async () => {
  const server = await postgres()
  await server.prepare!()
  const open = () => {
    const work = () => Promise.resolve()
    return new JobQueue({ name: 'test', place: server.place(), concurrency: 1, work, onError: () => undefined })
  }
  const queue = open()
  await until(() => queue.add(1, 'n-1').then(() => true, () => false)) // prettier-ignore
  await server.away()
  await Promise.all([queue.close(), open().close()])
})
