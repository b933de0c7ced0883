import { existsSync, readdirSync, readSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { lastLines } from '../core/child'
import { dataDirOf } from '../core/places'

export async function logs(name: string, { follow, lines }: { follow?: boolean; lines: number }): Promise<void> {
  const folder = join(dataDirOf(), 'logs')
  const file = join(folder, `${name}.log`)
  if (!existsSync(file)) {
    const names = existsSync(folder) ? readdirSync(folder).map((entry) => entry.replace(/\.log$/, '')) : []
    throw new Error(`there is no log of ${name}; there is: ${names.join(', ') || 'none yet'}`)
  }
  const { size } = statSync(file)
  for (const line of lastLines(file, lines)) process.stdout.write(`${line}\n`)
  if (follow) await followFrom(file, size)
}

async function followFrom(file: string, from: number): Promise<never> {
  const handle = openSync(file, 'r')
  const chunk = Buffer.alloc(65_536)
  let at = from
  for (;;) {
    const read = readSync(handle, chunk, 0, chunk.length, at)
    at += read
    if (read > 0) process.stdout.write(Buffer.from(chunk.subarray(0, read)))
    else await sleep(250)
  }
}
