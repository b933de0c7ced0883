import { setTimeout as sleep } from 'node:timers/promises'
import { ReadingAgain } from './reading-again'

const never = () => new Promise<void>(() => undefined)

test('a reading that hangs is given up, the next begins beside it, and what comes late knows that it is old', async () => {
  let hangs = false
  let reads = 0
  let late!: () => void
  const currents: (() => boolean)[] = []
  const errors: unknown[] = []
  const reading = new ReadingAgain({
    read: async (isCurrent) => {
      reads++
      currents.push(isCurrent)
      if (hangs) await new Promise<void>((resolve) => (late = resolve))
    },
    everyMs: 10,
    limitMs: 100,
    onError: (error) => errors.push(error),
  })
  expect(reading.ageMs).toBe(Infinity)
  await reading.start()
  hangs = true
  await sleep(400)
  expect(errors.length).toBeGreaterThanOrEqual(2)
  expect(reading.ageMs).toBeGreaterThan(300)
  const given = currents.at(-1)!
  hangs = false
  const before = reads
  while (reads === before) await sleep(10)
  late()
  expect(given()).toBe(false)
  expect(reading.ageMs).toBeLessThan(200)
  await reading.stop()
})

test('who refreshes during a reading gets the next one, shared by all of them, also when it hangs', async () => {
  let reads = 0
  let work: () => Promise<void> = async () => undefined
  const reading = new ReadingAgain({ read: () => (reads++, work()), everyMs: 60_000, limitMs: 50 })
  await reading.start()
  work = never
  const first = reading.refresh()
  const others = [reading.refresh(), reading.refresh(), reading.refresh()]
  work = async () => undefined
  await expect(first).rejects.toThrow('not read within 50 ms')
  await Promise.all(others)
  expect(reads).toBe(3)
  await reading.stop()
})
