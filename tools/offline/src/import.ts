import { createReadStream, readFileSync, statSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { join } from 'node:path'
import { stderr, stdin, stdout } from 'node:process'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { GroupImportAnswer, GroupImportPage, Problem } from '@lijian/contracts'
import { Argument, Command, Option } from 'commander'
import { BadInput } from './fail'

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
      'Members of a card or customer group from a file (text or NDJSON, plain or gzip): all of them or none.',
    )
    .addArgument(new Argument('<kind>', 'which kind of group').choices(['card-group', 'customer-group']))
    .argument('<code>', 'the group; made if it is not there')
    .argument('<file>', 'one member a line: a card number, "token:…", a BIN prefix; a customer. - for stdin')
    .addOption(
      new Option('--mode <mode>', 'replace: the file is all the group has afterwards')
        .choices(['replace', 'add', 'remove'])
        .default('replace'),
    )
    .option('--json', 'the file is NDJSON (default: when its name says so)')
    .option('--url <address>', 'the API', `http://127.0.0.1:${process.env['LIJIAN_API_PORT'] ?? '8080'}`)
    .option('--key <key>', 'an API key with the scope card-groups (default: the development key in .lijian/keys.json)')
    .action((kind: string, code: string, file: string, options: ImportOptions) => importFile(kind, code, file, options))

async function importFile(kind: string, code: string, file: string, options: ImportOptions): Promise<void> {
  const key = options.key ?? developmentKey()
  const { body, bytes } = open(file)
  const json = options.json ?? /\.(ndjson|jsonl)(\.gz)?$/.test(file)
  const url = new URL(`/v1/${kind}s/${encodeURIComponent(code)}/imports?mode=${options.mode}`, address(options.url))
  const watching = watch(options.url, key, kind.replace('-', '_'), code)
  try {
    const answer = await send(url, key, json ? 'application/x-ndjson' : 'text/plain', body, bytes)
    const { lines, duplicates = 0, members = 0, changed } = answer
    stderr.write(
      `${count(lines)} lines, ${count(duplicates)} of them twice: ${code} has ${count(members)} tokens${changed === true ? '' : ', as before'}\n`,
    )
    stdout.write(`${JSON.stringify(answer)}\n`)
  } finally {
    watching.stop()
  }
}

const count = (value: number) => value.toLocaleString('en')

function address(url: string): string {
  if (!/^https?:\/\//.test(url)) throw new BadInput(`--url ${url}: expected an address such as http://127.0.0.1:8080`)
  return url
}

/** The maker's key that `./lijian up` has written. */
function developmentKey(): string {
  const file = join(process.env['LIJIAN_DATA_DIR'] ?? join(__dirname, '..', '..', '..', '.lijian'), 'keys.json')
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { maker: string }).maker
  } catch {
    throw new BadInput(`no development key in ${file}: give --key, or start the stack with ./lijian up`)
  }
}

function open(file: string): { body: Readable; bytes: number | undefined } {
  if (file === '-') return { body: stdin, bytes: undefined }
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isFile() !== true) throw new BadInput(`${file}: ${found === undefined ? 'no such file' : 'is not a file'}`)
  return { body: createReadStream(file, { highWaterMark: 1 << 18 }), bytes: found.size }
}

async function send(
  url: URL,
  key: string,
  type: string,
  body: Readable,
  bytes: number | undefined,
): Promise<GroupImportAnswer> {
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': type,
    ...(bytes === undefined ? {} : { 'content-length': bytes }),
  }
  const outgoing = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, { method: 'POST', headers })
  const answered = new Promise<{ status: number; text: string }>((resolve, reject) => {
    outgoing.once('error', reject).once('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part)).once('error', reject)
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
      )
    })
  })
  // A refusal may come before the file is sent: then what it says counts, not that the rest was not taken.
  const sent = pipeline(body, outgoing)
  sent.catch(() => undefined)
  const { status, text } = await answered.catch((error: NodeJS.ErrnoException) => {
    throw new BadInput(`${url.origin} does not answer (${error.code ?? error.message}): is it running? ./lijian up`)
  })
  if (status === 200) return JSON.parse(text) as GroupImportAnswer
  throw new BadInput(refusal(status, text))
}

/** Every line that the server has named, and what helps. */
function refusal(status: number, text: string): string {
  let problem: Partial<Problem>
  try {
    problem = JSON.parse(text) as Partial<Problem>
  } catch {
    return `the server answers ${status}`
  }
  const lines = (problem.errors ?? []).map(({ path, message, messageZh }) =>
    `${path}: ${message}${messageZh === undefined ? '' : ` (${messageZh})`}`.trim(),
  )
  return [`${problem.detail ?? problem.title ?? status}. ${problem.do ?? ''}`.trim(), ...lines].join('\nlijian: ')
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
