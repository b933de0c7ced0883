import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { forkSource } from '@lijian/testing'
import { takeUpLock, upLockHolder } from './up-lock'

const dataDir = mkdtempSync(join(tmpdir(), 'lijian-up-lock-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

test('one holder at a time; released, or left by a process that is gone, it is free', () => {
  const first = takeUpLock(dataDir)
  expect(() => takeUpLock(dataDir)).toThrow(`the stack in ${dataDir} is being started by process ${process.pid}`)
  expect(upLockHolder(dataDir)?.pid).toBe(process.pid)
  first.release()
  expect(upLockHolder(dataDir)).toBeUndefined()
  takeUpLock(dataDir).release()
  writeFileSync(join(dataDir, 'up.lock.9'), JSON.stringify({ pid: process.pid, mark: 'of a process long gone' }))
  takeUpLock(dataDir).release()
  expect(readdirSync(dataDir)).toEqual(['up.lock.10'])
})

test('of many that want the lock of a dead one at once, one gets it', async () => {
  for (let round = 0; round < 5; round++) {
    const children = Array.from({ length: 4 }, () =>
      forkSource(join(__dirname, '..', 'testing', 'up-lock-racer.ts'), {}, [dataDir]),
    )
    await Promise.all(children.map((child) => once(child, 'message')))
    const ends = children.map((child) => once(child, 'message'))
    for (const child of children) child.send('go')
    const said = (await Promise.all(ends)).map(([word]) => String(word))
    expect(said.filter((word) => word === 'mine')).toHaveLength(1)
    expect(said.filter((word) => /is being started by process \d+/.test(word))).toHaveLength(3)
    // Killed and not released.
    await Promise.all(children.map((child) => (child.kill('SIGKILL'), once(child, 'exit'))))
  }
})
