import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { forkSource } from '@lijian/testing'

test('requests that wait for a stopped process are known to have waited, later ones to be new', async () => {
  const child = forkSource(require.resolve('./testing/arrival-server'))
  const [port] = (await once(child, 'message')) as [number]
  const waited = async () => Number(await (await fetch(`http://127.0.0.1:${port}`)).text())
  // On a busy machine a process may stand still by itself.
  const isFresh = async () => {
    while ((await waited()) > 0) await sleep(100)
  }
  await isFresh()
  child.kill('SIGSTOP')
  await sleep(700)
  const asked = [waited(), waited(), waited()]
  await sleep(1000)
  child.kill('SIGCONT')
  for (const ms of await Promise.all(asked)) expect(ms).toBeGreaterThanOrEqual(1000)
  await isFresh()
  child.kill('SIGKILL')
  await once(child, 'exit')
})
