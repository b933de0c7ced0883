import { sourceExecArgv } from '@lijian/testing'
import { getPriority } from 'node:os'
import { join } from 'node:path'
import { WorkThread, type WorkLimits } from './work-thread'
import type { TestWork } from './testing/work'

const threads: WorkThread<TestWork>[] = []
function threadWith(limits: Partial<WorkLimits> = {}): WorkThread<TestWork> {
  const filename = join(__dirname, 'testing', 'work.ts')
  const all = { most: 100, mostOfOne: 100, withinMs: 60_000, heapMb: 64, ...limits }
  const thread = new WorkThread<TestWork>({ filename, execArgv: sourceExecArgv, ...all })
  threads.push(thread)
  return thread
}
afterEach(() => Promise.all(threads.splice(0).map((thread) => thread.close())))

test('answers are those of the questions, in their order', async () => {
  const thread = threadWith()
  const all = Array.from({ length: 50 }, (_, i) => ({ i, text: '满减', deep: [[i]] }))
  expect(await Promise.all(all.map((one) => thread.ask('echo', one)))).toEqual(all)
})

test('bytes are handed over, not copied', async () => {
  const bytes = new Uint8Array(1_000_000)
  expect(await threadWith().ask('length', bytes, { transfer: [bytes.buffer] })).toBe(1_000_000)
  expect(bytes.length).toBe(0)
})

test('it is behind the thread that asks, which keeps its priority', async () => {
  const before = getPriority()
  expect(await threadWith().ask('niceness', undefined)).toBe(10)
  expect(getPriority()).toBe(before)
})

test('what takes too long is ended with its thread; the next question gets another one', async () => {
  const thread = threadWith({ withinMs: 5000 })
  await thread.ask('echo', 1)
  const [first, second] = await Promise.allSettled([thread.ask('forEver', undefined), thread.ask('echo', 2)])
  expect(first).toMatchObject({
    reason: { code: 'payload_too_large', detail: 'It takes longer than 5 s to read: send less at once' },
  })
  expect(second).toEqual({ status: 'fulfilled', value: 2 })
})

test('what takes too much memory is refused; the next question gets another thread', async () => {
  const thread = threadWith()
  const [first, second] = await Promise.allSettled([thread.ask('fillMemory', undefined), thread.ask('echo', 2)])
  expect(first).toMatchObject({
    reason: {
      code: 'payload_too_large',
      detail: 'It takes more memory to read than a body may take: send less at once',
    },
  })
  expect(second).toEqual({ status: 'fulfilled', value: 2 })
})

test('a thread that dies fails its question only, and an error is an error', async () => {
  const thread = threadWith()
  const told = await Promise.allSettled([
    thread.ask('exit', undefined),
    thread.ask('echo', 'after it'),
    thread.ask('fail', 'what I do'),
    thread.ask('echo', 'after that'),
  ])
  expect(told).toMatchObject([
    { status: 'rejected' },
    { value: 'after it' },
    { status: 'rejected', reason: { message: 'what I do' } },
    { value: 'after that' },
  ])
})

test('only so many at a time, of all and of one asker; each that is answered makes room', async () => {
  const thread = threadWith({ most: 3, mostOfOne: 2 })
  const first = [thread.ask('echo', 1, { asker: 'a' }), thread.ask('echo', 2, { asker: 'a' })]
  expect(thread.refusal('b')).toBeUndefined()
  await expect(thread.ask('echo', 3, { asker: 'a' })).rejects.toMatchObject({ code: 'too_many_requests' })
  const third = thread.ask('echo', 4, { asker: 'b' })
  expect(thread.refusal('c')).toMatchObject({ code: 'unavailable' })
  await expect(thread.ask('echo', 5)).rejects.toMatchObject({ code: 'unavailable' })
  expect(await Promise.all([...first, third])).toEqual([1, 2, 4])
  expect(await Promise.all([thread.ask('echo', 6, { asker: 'a' }), thread.ask('echo', 7)])).toEqual([6, 7])
})

test('closed it hangs on nothing: what is worked on and what waits fails', async () => {
  const thread = threadWith()
  await thread.ask('echo', 1)
  const asked = Promise.allSettled([thread.ask('forEver', undefined), thread.ask('echo', 2)])
  await thread.close()
  expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(thread.ask('echo', 3)).rejects.toMatchObject({ code: 'unavailable' })
})
