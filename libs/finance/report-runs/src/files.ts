import type { WriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { LijianError } from '@lijian/contracts/system'
import type { Attempt } from './work'

/** Files of reports in one folder. Each attempt has a name of its own, so that one which was overtaken never touches what is published. */
export class ReportFiles {
  constructor(private readonly folder: string) {}

  async open(attempt: Attempt): Promise<WriteStream> {
    await mkdir(this.folder, { recursive: true })
    // A file that cannot be opened is told here, not as an event that nobody hears yet.
    const file = await open(this.temporary(attempt), 'w', 0o640)
    return file.createWriteStream()
  }

  /** Durable under its name, before the row says so. */
  async publish(attempt: Attempt): Promise<void> {
    const file = await open(this.temporary(attempt), 'r+')
    await file.sync().finally(() => file.close())
    await rename(this.temporary(attempt), this.path(attempt))
    const folder = await open(this.folder, 'r')
    await folder.sync().finally(() => folder.close())
  }

  /** The published file. Throws not_found when it is gone from the folder: API and generator must share it. */
  async read(attempt: Attempt): Promise<Readable> {
    try {
      const file = await open(this.path(attempt), 'r')
      return file.createReadStream()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      throw new LijianError('not_found', `The file of report ${attempt.id} is not in LIJIAN_REPORT_DIR of this API`)
    }
  }

  /** Whatever is left of an attempt. */
  async remove(attempt: Attempt): Promise<void> {
    await rm(this.temporary(attempt), { force: true })
    await rm(this.path(attempt), { force: true })
  }

  /** Removes every file of a report that is not among these, and returns how many. The list is read after the folder: a file is older than its row. */
  async sweep(kept: () => Promise<readonly Attempt[]>): Promise<number> {
    const names = await readdir(this.folder).catch(() => [])
    const stay = new Set((await kept()).map(nameOf))
    const old = names.filter((name) => OURS.test(name) && !stay.has(name.replace(/\.part$/, '')))
    for (const name of old) await rm(join(this.folder, name), { force: true })
    return old.length
  }

  path = (attempt: Attempt): string => join(this.folder, nameOf(attempt))
  private temporary = (attempt: Attempt): string => `${this.path(attempt)}.part`
}

const OURS = /^\d+\.\d+(\.part)?$/
const nameOf = ({ id, attempt }: Attempt) => `${id}.${attempt}`
