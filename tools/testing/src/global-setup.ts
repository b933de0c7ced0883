import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { forkSource } from './child'

/** Starts the keeper of the run's servers; it starts PostgreSQL and Temporal when the first test asks (keeper.ts). */
export default async function globalSetup(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'lijian-keeper-'))
  const socket = join(dir, 'socket')
  const { LIJIAN_TEST_POSTGRES } = process.env
  const keeper = forkSource(join(__dirname, 'keeper.ts'), LIJIAN_TEST_POSTGRES ? { LIJIAN_TEST_POSTGRES } : {}, [
    socket,
  ])
  let said = ''
  keeper.stderr!.on('data', (text) => (said += text))
  keeper.stdout!.resume()
  const ended = once(keeper, 'exit')
  const ready = await Promise.race([once(keeper, 'message'), ended.then(() => undefined)])
  if (!ready) throw new Error(`the keeper of the test servers did not start: ${said}`)
  process.env.LIJIAN_TEST_KEEPER = socket
  ;(globalThis as { stopTestServers?: () => Promise<void> }).stopTestServers = async () => {
    if (keeper.connected) keeper.disconnect()
    await ended
    rmSync(dir, { recursive: true, force: true })
  }
}
