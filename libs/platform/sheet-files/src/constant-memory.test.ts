import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { csvFile } from './csv-file'
import { NOTE, SHOWING } from './testing/sheets'
import { xlsxFile } from './xlsx-file'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const MIB = 2 ** 20
const PIECES = 128
const LINE = `<row>${'x'.repeat(1012)}</row>\n`

/** MiB of buffers that somebody still holds. What nobody holds is freed beside JavaScript, a moment after it was collected. */
async function heldMib(enough: number, mostTries: number): Promise<number> {
  let held = Infinity
  for (let tries = 0; tries < mostTries && held > enough; tries++) {
    await sleep(10)
    collect()
    held = process.memoryUsage().arrayBuffers / MIB
  }
  return held
}

const sink = () => new Writable({ write: (_chunk, _encoding, done) => void setImmediate(done) })
const sheet = { name: 's', columns: [NOTE] }
type Write = (lines: AsyncIterable<Buffer>, signal: AbortSignal) => Promise<unknown>
const xlsx: Write = (lines, signal) => xlsxFile(sink(), [{ ...sheet, rows: { lines } }], { ...SHOWING, signal })
const csv: Write = (lines, signal) =>
  csvFile(sink(), { ...sheet, rows: { lines } }, { ...SHOWING, signal, encoding: 'utf-8' })

test.each([
  ['XLSX', xlsx],
  ['CSV', csv],
])('%s: a file that can be aborted keeps none of the pieces that are written', async (_, write) => {
  const before = await heldMib(0, 3)
  let held = 0
  const pieces = async function* () {
    for (let n = 1; n <= PIECES; n++) yield Buffer.from(LINE.repeat(256))
    // 32 MiB have passed; some pieces are on their way.
    held = (await heldMib(before + 4, 30)) - before
  }
  await write(pieces(), new AbortController().signal)
  expect(held).toBeLessThanOrEqual(4)
})
