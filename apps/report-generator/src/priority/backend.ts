import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import type { Pool, PoolClient } from 'pg'
import { lowerProcess } from './lowest'

/** For a pool that reads reports and nothing else: a lowered backend stays so until its connection ends. */
export function lowersBackends(pool: Pool): void {
  pool.on('connect', (client) => {
    const pid = backendHere(client)
    if (pid !== undefined) lowerProcess(pid)
  })
}

/**
 * The process of PostgreSQL at the other end, where it runs on this machine. PostgreSQL shows in its title whom it serves; a number alone may be
 * that of a stranger, behind a tunnel or a pooler, or in a container.
 */
export function backendHere(client: PoolClient): number | undefined {
  const { processID: pid, connection } = client as unknown as { processID?: number; connection: { stream: Socket } }
  const { localAddress, localPort } = connection.stream
  if (pid === undefined || localAddress === undefined || localPort === undefined) return undefined
  return isTitleFor(titleOf(pid), localAddress, localPort) ? pid : undefined
}

/** `postgres: lijian lijian 127.0.0.1(35948) idle`, or with the cluster's name before. */
export const isTitleFor = (title: string, address: string, port: number): boolean =>
  title.startsWith('postgres: ') && title.split(' ').includes(`${address}(${port})`)

function titleOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
