import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** The least that a program over such a file does in Node: read the lines, JSON.parse each, JSON.stringify it again. */
async function floor(file: string): Promise<void> {
  let length = 0
  for await (const line of createInterface({ input: createReadStream(file, { highWaterMark: 1 << 20 }) }))
    length += JSON.stringify(JSON.parse(line)).length
  process.stderr.write(`${length} characters\n`)
}

void floor(process.argv[2]!)
