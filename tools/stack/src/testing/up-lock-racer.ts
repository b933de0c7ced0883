import { takeUpLock } from '../core/up-lock'

/** For up-lock.test.ts: takes the lock when it is told to, says how that went, and stays. */
process.once('message', () => {
  try {
    takeUpLock(process.argv[2] ?? '')
    process.send?.('mine')
  } catch (error) {
    process.send?.((error as Error).message)
  }
})
setInterval(() => undefined, 60_000)
process.send?.('here')
