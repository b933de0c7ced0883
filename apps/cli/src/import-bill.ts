import { basename } from 'node:path'
import { stderr, stdout } from 'node:process'
import type { BillImportAnswer, BillImportPage } from '@lijian/contracts/finance'
import { Command } from 'commander'
import { address, count, keyFor, open, send } from './to-server'

interface BillOptions {
  layout: string
  date: string
  client?: string
  lines?: string
  amount?: string
  url: string
  key?: string
}

const EVERY_MS = 1000

/** A bill, a list of a day, a statement: into the running system, all of it or nothing. */
export const importBillCommand = (): Command =>
  new Command('bill')
    .description("A channel's bill, the transaction system's list of a day, an acknowledgement or a bank statement.")
    .argument('<file>', 'the file as it came; - for stdin')
    .requiredOption(
      '--layout <code>',
      'how it is written, such as unionpay-zm, wechat-trade-all, alipay-trade, lijian-list-ndjson',
    )
    .requiredOption('--date <date>', 'its business date, such as 2026-11-02')
    .option('--client <code>', 'whose serials it has')
    .option('--lines <n>', 'how many it must have, for a file without totals of its own')
    .option('--amount <fen>', 'to what its amounts must sum')
    .option('--url <address>', 'the API', `http://127.0.0.1:${process.env['LIJIAN_API_PORT'] ?? '8080'}`)
    .option(
      '--key <key>',
      'an API key with the scope reconciliation (default: of ./lijian login, else the development key in .lijian/keys.json)',
    )
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'lijian: ')) })
    .action((file: string, options: BillOptions) => importBill(file, options))

async function importBill(file: string, { url: server, key: given, ...about }: BillOptions): Promise<void> {
  const key = given ?? keyFor(address(server))
  const { body, bytes } = open(file)
  const url = new URL('/v1/reconciliation/imports', address(server))
  for (const [name, value] of Object.entries(about)) url.searchParams.set(name, value)
  if (file !== '-') url.searchParams.set('name', basename(file))
  const watching = watch(server, key, about)
  try {
    const answer = await send<BillImportAnswer>(url, key, 'application/octet-stream', body, bytes)
    const { id, lines, knownLines, again } = answer
    const known = knownLines === 0 ? '' : `, ${count(knownLines)} of them known before`
    stderr.write(
      again
        ? `import ${id} had this very file: nothing was changed\n`
        : `import ${id}: ${count(lines)} lines accepted${known}\n`,
    )
    stdout.write(`${JSON.stringify(answer)}\n`)
  } finally {
    watching.stop()
  }
}

/** A line a second on stderr: how far the server is. */
function watch(
  server: string,
  key: string,
  { layout, date }: Pick<BillOptions, 'layout' | 'date'>,
): { stop: () => void } {
  const look = async () => {
    const asked = await fetch(new URL(`/v1/reconciliation/imports?state=reading&date=${date}&limit=10`, server), {
      headers: { authorization: `Bearer ${key}` },
    })
    const reading = asked.ok ? ((await asked.json()) as BillImportPage).imports : []
    const newest = reading.find((one) => one.layout === layout)
    if (newest) stderr.write(`${count(newest.lines)} lines read\n`)
  }
  const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS)
  return { stop: () => clearInterval(timer) }
}
