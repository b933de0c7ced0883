import { createHash } from 'node:crypto'
import { lstat, mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { nameAtTarget, type Sending } from './sending'

/** Copies the file into the target's folder: there under its name as a whole, or not at all. Never outside of `root`. */
export async function toFolder(root: string, target: string, { run, open: read, signal }: Sending): Promise<void> {
  await mkdir(root, { recursive: true })
  const folder = join(await realpath(root), target)
  await mkdir(folder, { recursive: true })
  if (!(await lstat(folder)).isDirectory()) throw new Error('the folder of the target is a link to somewhere else')
  const name = nameAtTarget(run)
  const before = `.${name}.`
  for (const left of await readdir(folder))
    if (left.startsWith(before) && left.endsWith('.part')) await rm(join(folder, left))
  const draft = join(folder, `${before}${process.pid}.part`)
  try {
    // Exclusive: whatever lies there, a link among it, is not written through.
    const file = await open(draft, 'wx', 0o640)
    const hash = createHash('sha256')
    const hashed = new Transform({
      transform: (chunk: Buffer, _encoding, done) => done(null, (hash.update(chunk), chunk)),
    })
    await pipeline(await read(), hashed, file.createWriteStream({ flush: true }), { signal })
    if (hash.digest('hex') !== run.sha256) throw new Error('the file and its SHA-256 differ')
    await rename(draft, join(folder, name))
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  const listing = await open(folder, 'r')
  await listing.sync().finally(() => listing.close())
}
