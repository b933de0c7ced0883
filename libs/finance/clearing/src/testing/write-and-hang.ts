import { Pool } from 'pg'
import { ClearingRuns } from '../runs'

/** A process that dies in the middle of a file: it says that it has begun, and is killed. */
async function main(): Promise<void> {
  const { URL_OF_BOOKS: url, DIR_OF_BOOKS: dir, FILE_ID: id } = process.env
  const pool = new Pool({ connectionString: url })
  const runs = new ClearingRuns({ pool, dir: dir!, timeZone: 'Asia/Shanghai', cutOff: '24:00' })
  let told = false
  await runs.write(Number(id), () => {
    if (told) return
    told = true
    process.send!('in the middle')
    // Nothing more happens here until it is killed.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  })
}

void main()
