import { stderr, stdout } from 'node:process'
import type { GroupImportAnswer, GroupImportPage } from '@lijian/contracts/marketing'
import { Argument, Command, Option } from 'commander'
import { importBillCommand } from './import-bill'
import { address, count, keyFor, open, send } from './to-server'

interface ImportOptions {
  mode: string
  url: string
  key?: string
  json?: boolean
}

const EVERY_MS = 1000

/** The one command here that speaks to a server: the members of a group, from a file of any size. */
export const importCommand = (): Command =>
  new Command('import')
    .description(
      'Members of a card, customer or merchant group from a file (text or NDJSON, plain or gzip): all of them or none.',
    )
    .addArgument(
      new Argument('<kind>', 'which kind of group').choices(['card-group', 'customer-group', 'merchant-group']),
    )
    .argument('<code>', 'the group; made if it is not there')
    .argument(
      '<file>',
      'one member a line: a card number, "token:…", a BIN prefix; a customer; the id of a merchant. - for stdin',
    )
    .addOption(
      new Option('--mode <mode>', 'replace: the file is all the group has afterwards')
        .choices(['replace', 'add', 'remove'])
        .default('replace'),
    )
    .option('--json', 'the file is NDJSON (default: when its name says so)')
    .option('--url <address>', 'the API', `http://127.0.0.1:${process.env['LIJIAN_API_PORT'] ?? '8080'}`)
    .option(
      '--key <key>',
      'an API key with the scope card-groups (default: of ./lijian login, else the development key in .lijian/keys.json)',
    )
    .action((kind: string, code: string, file: string, options: ImportOptions) => importFile(kind, code, file, options))
    .enablePositionalOptions()
    .addCommand(importMerchantsCommand())
    .addCommand(importBillCommand())

const importMerchantsCommand = (): Command =>
  new Command('merchants')
    .description('Enrol merchants from a file (NDJSON, plain or gzip): all of them or none.')
    .argument('<file>', 'a merchant a line, as PUT /v1/merchants/{id} takes it; what it leaves out stays. - for stdin')
    .addOption(
      new Option('--mode <mode>', 'replace: who is not in the file leaves; remove: who is in it leaves')
        .choices(['replace', 'add', 'remove'])
        .default('add'),
    )
    .option('--url <address>', 'the API', `http://127.0.0.1:${process.env['LIJIAN_API_PORT'] ?? '8080'}`)
    .option(
      '--key <key>',
      'an API key with the scope merchants (default: of ./lijian login, else the development key in .lijian/keys.json)',
    )
    .action(async (file: string, options: ImportOptions) => {
      const key = options.key ?? keyFor(address(options.url))
      const { body, bytes } = open(file)
      const url = new URL(`/v1/merchants/imports?mode=${options.mode}`, address(options.url))
      const watching = watch(options.url, key, 'merchant', 'merchants')
      try {
        const answer = await send<GroupImportAnswer>(url, key, 'application/x-ndjson', body, bytes)
        const waits = answer.proposal === undefined ? '' : `; fees wait for another person: proposal ${answer.proposal}`
        stderr.write(`${count(answer.lines)} lines: ${count(answer.members ?? 0)} merchants changed${waits}\n`)
        stdout.write(`${JSON.stringify(answer)}\n`)
      } finally {
        watching.stop()
      }
    })

async function importFile(kind: string, code: string, file: string, options: ImportOptions): Promise<void> {
  const key = options.key ?? keyFor(address(options.url))
  const { body, bytes } = open(file)
  const json = options.json ?? /\.(ndjson|jsonl)(\.gz)?$/.test(file)
  const url = new URL(`/v1/${kind}s/${encodeURIComponent(code)}/imports?mode=${options.mode}`, address(options.url))
  const watching = watch(options.url, key, kind.replace('-', '_'), code)
  try {
    const answer = await send<GroupImportAnswer>(url, key, json ? 'application/x-ndjson' : 'text/plain', body, bytes)
    const { lines, duplicates = 0, members = 0, changed, proposal } = answer
    const read = `${count(lines)} lines, ${count(duplicates)} of them twice`
    const told =
      proposal === undefined
        ? `${code} has ${count(members)} tokens${changed === true ? '' : ', as before'}`
        : `${code} will have ${count(members)} tokens when another person approves proposal ${proposal}`
    stderr.write(`${read}: ${told}\n`)
    stdout.write(`${JSON.stringify(answer)}\n`)
  } finally {
    watching.stop()
  }
}

/** A line a second on stderr: how far the server is. */
function watch(url: string, key: string, kind: string, code: string): { stop: () => void } {
  const look = async () => {
    const asked = await fetch(new URL(`/v1/imports?kind=${kind}&code=${encodeURIComponent(code)}&limit=1`, url), {
      headers: { authorization: `Bearer ${key}` },
    })
    const [newest] = asked.ok ? ((await asked.json()) as GroupImportPage).imports : []
    if (newest?.state !== 'running') return
    const part = newest.percent === undefined ? '' : ` (${newest.percent} %)`
    stderr.write(`${count(newest.lines)} lines${part}, ${count(newest.errorCount)} wrong\n`)
  }
  const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS)
  return { stop: () => clearInterval(timer) }
}
