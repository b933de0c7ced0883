import type { Client } from 'pg'
import { RUN_CHANNEL } from './runs'

/** Connects a client that hears of each run that is asked for; the caller ends it. `onEnd`: it hears nothing any more. */
export async function hearOfRuns(client: Client, onRun: () => void, onEnd: () => void): Promise<void> {
  client.on('notification', onRun)
  client.on('end', onEnd)
  await client.connect()
  try {
    await client.query(`LISTEN ${RUN_CHANNEL}`)
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
}
