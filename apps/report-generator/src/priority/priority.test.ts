import { readdirSync, readFileSync } from 'node:fs'
import { hash } from 'node:crypto'
import { getPriority } from 'node:os'
import { LIMITS, steadyPool } from '@lijian/database'
import { until } from '@lijian/testing'
import { GeneratorProcess } from '../testing/generators'
import { Stage } from '../testing/stage'
import { isTitleFor, lowersBackends } from './backend'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())

const onLinux = process.platform === 'linux' ? test : test.skip
const groupOf = (pid: number) => {
  try {
    return / nice (-?\d+)$/.exec(readFileSync(`/proc/${pid}/autogroup`, 'utf8').trim())?.[1]
  } catch {
    return undefined
  }
}
/** A field of /proc/<pid>/stat, counted from its state on. */
const fieldOf = (path: string, field: number) => readFileSync(path, 'latin1').split(') ').at(-1)!.split(' ')[field]

onLinux(
  'every thread of a generator has the lowest priority: V8 collects garbage on others than the first',
  async () => {
    const generator = await GeneratorProcess.fork(stage.appUrl, stage.folder, undefined, { TEST_LOWEST: 'yes' })
    await generator.ready()
    const pid = generator.child.pid!
    const threads = readdirSync(`/proc/${pid}/task`)
    expect(threads.length).toBeGreaterThan(4)
    expect(threads.filter((thread) => fieldOf(`/proc/${pid}/task/${thread}/stat`, 16) !== '19')).toEqual([])
    await generator.kill()
  },
)

onLinux('backends that read reports are lowered, in their session too, and no other one', async () => {
  const reading = steadyPool(stage.appUrl, { name: hash('sha256', 'r').slice(0, 8), max: 1, limits: LIMITS.reports })
  lowersBackends(reading)
  const pidIn = async (pool: typeof reading) =>
    (await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]!.pid
  try {
    const [lowered, other] = [await pidIn(reading), await pidIn(stage.pool)]
    // PostgreSQL as another user, and we are not root: it is not ours to lower.
    const isOurs =
      process.getuid!() === 0 ||
      /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${lowered}/status`, 'utf8'))?.[1] === String(process.getuid!())
    await until(async () => getPriority(lowered) === (isOurs ? 19 : 0) || undefined)
    expect(getPriority(other)).toBe(0)
    if (isOurs) expect(['19', undefined]).toContain(groupOf(lowered))
    expect(['0', undefined]).toContain(groupOf(other))
  } finally {
    await reading.end()
  }
})

test('a title proves whom a process serves; a stranger with the same number is left alone', () => {
  const title = 'postgres: lijian lijian 127.0.0.1(35948) idle'
  expect(isTitleFor(title, '127.0.0.1', 35948)).toBe(true)
  expect(isTitleFor('postgres: main: lijian lijian 127.0.0.1(35948) COPY', '127.0.0.1', 35948)).toBe(true)
  expect(isTitleFor(title, '127.0.0.1', 3594)).toBe(false)
  expect(isTitleFor(title, '10.0.0.1', 35948)).toBe(false)
  expect(isTitleFor('postgres: lijian lijian [local] idle', '127.0.0.1', 35948)).toBe(false)
  expect(isTitleFor('vim 127.0.0.1(35948)', '127.0.0.1', 35948)).toBe(false)
  expect(isTitleFor('', '127.0.0.1', 35948)).toBe(false)
})
