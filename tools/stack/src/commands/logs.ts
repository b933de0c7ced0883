import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { lastLines } from '../core/child'
import { dataDirOf } from '../core/places'
import { type OffsetWord, refuseOtherOffset } from './offset'

export async function logs(
  name: string,
  { follow, lines, portOffset }: { follow?: boolean; lines: number } & OffsetWord,
): Promise<void> {
  refuseOtherOffset(portOffset)
  const folder = join(dataDirOf(), 'logs')
  const file = join(folder, `${name}.log`)
  if (!existsSync(file)) {
    const names = existsSync(folder) ? readdirSync(folder).map((entry) => entry.replace(/\.log$/, '')) : []
    throw new Error(`there is no log of ${name}; there is: ${names.join(', ') || 'none yet'}`)
  }
  const more = following(file)
  for (const line of lastLines(file, lines)) process.stdout.write(`${line}\n`)
  while (follow) {
    more()
    await sleep(250)
  }
}

/** Prints what has come since it was called the last time. */
export function following(file: string): () => void {
  let at = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const chunk = Buffer.alloc(65_536)
  return () => {
    if (!existsSync(file)) return
    const handle = openSync(file, 'r')
    for (let read = -1; read !== 0; at += read) {
      read = readSync(handle, chunk, 0, chunk.length, at)
      process.stdout.write(Buffer.from(chunk.subarray(0, read)))
    }
    closeSync(handle)
  }
}
