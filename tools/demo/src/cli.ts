import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyBooks } from '@lijian/verification'
import { LijianClient } from '@lijian/client'
import { loadConfig, payloadKeysOf } from '@lijian/config'
import type { Campaign, Merchant } from '@lijian/contracts/marketing'
import type { CasePage } from '@lijian/contracts/people'
import { transactionWorkflowId } from '@lijian/workflow-transaction'
import { addedTo, answered, Books, compare } from './books'
import { cardUsageDay } from './card-usage-day'
import { campaignsOf, cardGroupsOf, merchantsOf, partnersOf, paymentsOf } from './examples'
import { workflowBooks } from './flows'
import { http, uploader, type Http } from './http'
import { yuanTextGrouped as yuan } from '@lijian/money'
import { moneyDay } from './money-day'
import { playAll } from './play'
import { booksTable, campaignTable, paymentTable } from './report'
import { reportsDay } from './reports-day'
import { routingDay } from './routing-day'
import { importDocuments } from './setup'
import type { Played } from './types'

const HELP = `./lijian demo [--campaigns DIR]
Starts the stack if it does not run, imports the example campaigns, sends the example payments through the HTTP door against a small
upstream, prints what happened and checks the books. The stack keeps running: ./lijian down stops it.`

const say = (line = '') => void process.stdout.write(`${line}\n`)

async function demo(dir: string): Promise<boolean> {
  const config = loadConfig()
  const base = `http://${localHost(config.apiHost)}:${config.apiPort}`
  const keys = JSON.parse(readFileSync(join(config.dataDir, 'keys.json'), 'utf8')) as Record<string, string>
  const [maker, checker, finance, door] = ['maker', 'checker', 'finance', 'transactionSystem'].map((who) =>
    http(base, keys[who] ?? ''),
  ) as [Http, Http, Http, Http]
  const run = `D${Math.trunc(Date.now() / 1000).toString(36)}`
  const books = await Books.open(config.databaseUrl)
  try {
    const merchants = merchantsOf(dir)
    const documents = {
      merchants,
      cardGroups: cardGroupsOf(dir, run),
      partners: partnersOf(dir),
      campaigns: campaignsOf(dir),
    }
    const before = await books.budgets()
    const used = (id: string) => before.get(id) ?? { fen: 0, count: 0 }
    const campaigns = await importDocuments(documents, { maker, checker, used, run })
    say(`${campaigns.length} campaigns entered by one key and approved by another, ${merchants.length} merchants`)

    const payments = paymentsOf(dir, run)
    say(`${payments.length} payments, serials ${run}-…, through ${base}/v1/transactions`)
    const played = await playAll(payments, door, progress(payments.length))
    show(played, merchants, campaigns)

    const client = await books.client(run)
    await handedOver(books, run)
    const { temporalAddress: address, temporalNamespace: namespace } = config
    const flows = await workflowBooks(played, campaigns, { address, namespace, keys: payloadKeysOf(config) }, client)
    const after = addedTo(before, await books.budgets())
    const lines = compare(campaigns, [after, await books.holds(run), flows.figures, answered(played)])
    const counters = await books.counters()
    const states = flows.ended.filter(({ serial, state }) => stateOf(played, serial) !== state)
    await showCases(maker, run)
    say('Books of this run: uses × money given, from the counters, the holds, the workflows and the table above')
    booksTable(lines).forEach(say)
    say()
    const wrong = [
      ...lines.filter(({ agree }) => !agree).map(({ campaign }) => `${campaign.code} differs`),
      ...counters.wrong.map((key) => `counter ${key} is not the sum of its holds`),
      ...states.map(({ serial, state }) => `${serial}: workflow ${state}, table ${stateOf(played, serial)}`),
    ]
    say(
      `${counters.count} counters compared with the sum of all holds; ${flows.ended.length} workflows with the states above`,
    )
    say(wrong.length === 0 ? 'the books agree' : ['the books do NOT agree:', ...wrong].join('\n  '))
    say()
    if (wrong.length > 0) return false
    const as = (who: string) => LijianClient.http({ baseUrl: base, apiKey: keys[who] ?? '', queryTimeoutMs: 10_000 })
    await routingDay({ maker, first: as('maker'), second: as('checker'), door: as('transactionSystem') }, run, say)
    await cardUsageDay({ maker, checker, door: as('transactionSystem') }, run, say)
    const clearingDir = config.clearingDir ?? join(config.dataDir, 'clearing')
    const upload = uploader(base, keys['finance'] ?? '')
    const date = await moneyDay(played, { maker, checker, finance, door, upload }, { run, clearingDir, say })
    const verified = await verifyBooks({ databaseUrl: config.databaseUrl })
    const broken = verified.filter(({ wrong: rows }) => rows.length > 0)
    say(
      broken.length === 0
        ? `the books agree: ${verified.length} checks of PostgreSQL (./lijian verify compares the workflows too)`
        : ['the books do NOT agree:', ...broken.map(({ name }) => name)].join('\n  '),
    )
    await reportsDay({ base, key: keys['finance'] ?? '', dataDir: config.dataDir, say }, date, documents.partners)
    links(config, transactionWorkflowId(client, lateOne(played)))
    return broken.length === 0
  } finally {
    await books.close()
  }
}

const stateOf = (played: readonly Played[], serial: string) =>
  played.find(({ final }) => final.serial === serial)?.final.state

/** A transaction with a story to look at: it expired, and its success came later. */
const lateOne = (played: readonly Played[]): string =>
  (played.find(({ example }) => example.upstream.answers === 'late') ?? played[0]!).final.serial

function show(played: readonly Played[], merchants: readonly Merchant[], campaigns: readonly Campaign[]): void {
  say()
  paymentTable(played, merchants, campaigns, process.stdout.columns).forEach(say)
  say('(in brackets: held, and not given)')
  say()
  campaignTable(played, campaigns).forEach(say)
  say()
}

/** What went wrong with money in this run and waits for a person. */
async function showCases(maker: Http, run: string): Promise<void> {
  const { cases } = await maker<CasePage>('GET', '/v1/cases?state=open&limit=500')
  const ours = cases.filter(({ serial }) => serial.startsWith(`${run}-`))
  if (ours.length === 0) return
  for (const { kind, serial, merchant = '', discount = 0 } of ours)
    say(`open case: ${kind}, ${serial}, ${merchant}, discount ${yuan(discount)}`)
  say()
}

/** One line that counts, on a terminal; silence elsewhere. */
function progress(total: number): (done: number) => void {
  if (!process.stdout.isTTY) return () => undefined
  return (done) => void process.stdout.write(`\r${done} of ${total} payments ended${done === total ? '\n' : ''}`)
}

/** Until the relay has handed everything of this run to Temporal. */
async function handedOver(books: Books, run: string): Promise<void> {
  const until = Date.now() + 60_000
  while ((await books.waiting(run)) > 0) {
    if (Date.now() > until) throw new Error('the relay has not handed everything over after 60 s: ./lijian logs worker')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** A server that listens everywhere is asked on this machine. */
const localHost = (host: string) => (['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host)

function links(config: ReturnType<typeof loadConfig>, workflowId: string): void {
  const ui = `http://127.0.0.1:${config.temporalUiPort}/namespaces/${config.temporalNamespace}/workflows`
  say()
  say(
    `Console            http://${localHost(config.apiHost)}:${config.apiPort}/console/   (demo persons: persons.json in the folder of data)`,
  )
  say(`API documentation  http://${localHost(config.internalHost)}:${config.internalPort}/docs`)
  say(`Temporal UI        ${ui}`)
  say(`a workflow         ${ui}/${encodeURIComponent(workflowId)}   (${workflowId})`)
  say('The stack keeps running: ./lijian status, ./lijian down')
}

/** Its exit code. */
async function main(args: readonly string[]): Promise<number> {
  if (args[0] === '--help' || args[0] === '-h') {
    say(HELP)
    return 0
  }
  const [option, dir, ...more] = args
  if (option !== undefined && (option !== '--campaigns' || dir === undefined || more.length > 0)) {
    const wrong = option !== '--campaigns' ? option : (more[0] ?? 'end: --campaigns wants a DIR')
    process.stderr.write(
      `lijian: unexpected ${wrong}: ./lijian demo [--campaigns DIR] (other ports: ./lijian up first)\n`,
    )
    return 2
  }
  return (await demo(dir ?? join(__dirname, '..', '..', '..', 'campaigns'))) ? 0 : 1
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  },
)
