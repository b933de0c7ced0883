import { spawnSync } from 'node:child_process'
import { existsSync, statfsSync, statSync } from 'node:fs'

const ROOMY = '2g'
/** Above it nothing is written where a mount is refused: less than one segment of WAL. */
const LIMIT_BYTES = 8192

/**
 * A disk that a test can fill. Where the machine allows a mount, it is a mount of its own, and full means ENOSPC. Elsewhere the processes that write
 * get a limit (RLIMIT_FSIZE), and full means EFBIG: PostgreSQL then ends at its next write to the WAL.
 */
export class Disk {
  private constructor(
    private readonly dir: string,
    readonly isMounted: boolean,
  ) {}

  /** `FIRE_NO_MOUNT=1` tries the other way on a machine that allows mounts. */
  static at(dir: string): Disk {
    const words = ['-t', 'tmpfs', '-o', `size=${ROOMY},mode=755`, 'lijian-under-fire', dir]
    const isMounted = process.env['FIRE_NO_MOUNT'] !== '1' && spawnSync('mount', words).status === 0
    return new Disk(dir, isMounted)
  }

  /** Not a byte is left. `writers`: the processes that write, and those they start from now on. */
  fill(writers: () => readonly number[]): void {
    if (!this.isMounted) return limit(writers(), String(LIMIT_BYTES))
    // What is used grows meanwhile, and a size below it is refused.
    for (let tries = 0; !this.#resize(`${this.#usedKib()}k`); tries++)
      if (tries === 100) throw new Error(`cannot make ${this.dir} as small as what is in it`)
  }

  free(writers: () => readonly number[]): void {
    if (!this.isMounted) limit(writers(), 'unlimited')
    else if (!this.#resize(ROOMY)) throw new Error(`cannot make ${this.dir} large again`)
  }

  close(): void {
    if (this.isMounted) spawnSync('umount', ['--lazy', this.dir])
  }

  #resize(size: string): boolean {
    return spawnSync('mount', ['-o', `remount,size=${size}`, this.dir]).status === 0
  }

  #usedKib(): number {
    const { blocks, bfree, bsize } = statfsSync(this.dir)
    return ((blocks - bfree) * bsize) / 1024
  }
}

/** As the user of each process: a root in a container may be without the right to limit others. */
function limit(pids: readonly number[], bytes: string): void {
  for (const pid of pids) {
    const owner = statSync(`/proc/${pid}`, { throwIfNoEntry: false })
    if (owner === undefined) continue
    const account = process.getuid?.() === 0 ? { uid: owner.uid, gid: owner.gid } : {}
    const { status, stderr } = spawnSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:`], account)
    // One that has ended meanwhile writes no more.
    if (status !== 0 && existsSync(`/proc/${pid}`)) throw new Error(`prlimit of ${pid}: ${String(stderr)}`)
  }
}
