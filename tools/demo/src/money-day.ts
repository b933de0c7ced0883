import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BillLayout, ClearingRunAnswer, ReconciliationRuns } from '@lijian/contracts/finance'
import type { CasePage, ProposalAnswer, ResolutionAnswer } from '@lijian/contracts/people'
import type { RefundAnswer } from '@lijian/contracts/marketing'
import type { Http } from './http'
import { yuanText, yuanTextGrouped as yuan } from '@lijian/money'
import type { Played } from './types'

interface Callers {
  maker: Http
  checker: Http
  finance: Http
  door: Http
  /** Sends a file as it is. */
  upload: (path: string, body: string) => Promise<unknown>
}

const GIVEN_UP_MS = 60_000
/** The bank has this and we do not: somebody's money has come without a word. */
const UNKNOWN_FEN = 8800

/**
 * Finance's day in short, on the payments that were just played: refund, clearing, acknowledgement, bank statement, a case that two people end.
 * Returns the date.
 */
export async function moneyDay(
  played: readonly Played[],
  callers: Callers,
  { run, clearingDir, say }: { run: string; clearingDir: string; say: (line?: string) => void },
): Promise<string> {
  say('Finance’s day: refund → clear → acknowledge → bank statement → case')
  await refundHalf(played, callers.door, say)
  const date = await clear(callers, say)
  await show(clearingDir, date, say)
  await acknowledge(callers, date)
  const { state, settlementDate } = await reaches(callers.finance, date, ['acknowledged', 'settled'])
  say(`acknowledged by two people in its place: ${date} is ${state}; merchants get it back on ${settlementDate}`)
  await bankDay(callers, date, run, say)
  const { cycles } = await callers.finance<{ cycles: unknown[] }>('GET', '/v1/partner-cycles?limit=500')
  say(
    `statements of partners so far: ${cycles.length}; the others come when their month is over (GET /v1/partner-cycles)`,
  )
  say()
  return date
}

async function refundHalf(played: readonly Played[], door: Http, say: (line: string) => void): Promise<void> {
  const whole = played.find(
    ({ final, example }) => final.state === 'confirmed' && final.discount > 0 && example.payment.amount % 2 === 0,
  )!
  const { serial } = whole.final
  const refund = `${serial}-R`
  const path = `/v1/transactions/${serial}/refunds`
  const { payer, discountReturned, amount } = await door<RefundAnswer>('POST', path, {
    serial: refund,
    amount: whole.example.payment.amount / 2,
  })
  await door('POST', `${path}/${refund}/result`, { outcome: 'success' })
  say(
    `refund of ${yuan(amount!)} of ${serial}: the payer gets ${yuan(payer!)}, the funders ${yuan(discountReturned!)} back`,
  )
}

/** The date on which payments are booked now is closed; what comes later belongs to the next. */
async function clear(callers: Callers, say: (line: string) => void): Promise<string> {
  const { finance } = callers
  const { runs } = await finance<{ runs: ClearingRunAnswer[] }>('GET', '/v1/clearing-runs?limit=1')
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format()
  const next = runs[0] && new Date(Date.parse(runs[0].businessDate) + 86_400_000).toISOString().slice(0, 10)
  const date = next !== undefined && next > today ? next : today
  await agreed(callers, '/v1/clearing-runs', { date, early: true })
  const { files } = await reaches(finance, date, ['published'])
  say(`business date ${date} closed (early, for the demo), its files proved against the ledger and published:`)
  for (const { name, rows, received, discount } of files.filter(({ kind }) => kind !== 'settlement'))
    say(`  ${name}  ${rows} rows, received ${yuan(received)}, discount ${yuan(discount)}`)
  return date
}

async function show(clearingDir: string, date: string, say: (line: string) => void): Promise<void> {
  const text = await readFile(join(clearingDir, 'main', `main_amount_${date.replaceAll('-', '')}_v1.csv`), 'utf8')
  const lines = text.trimEnd().split('\n')
  for (const line of [...lines.slice(0, 3), '…', lines.at(-1)!]) say(`    ${line}`)
}

/** What finance does in place of the clock or of a clearing system waits for another person. */
async function agreed({ finance, checker }: Callers, path: string, body: object): Promise<void> {
  const asked = await finance<{ id: number; hash?: string }>('POST', path, body)
  if (asked.hash !== undefined) await checker('POST', `/v1/proposals/${asked.id}/approve`, { hash: asked.hash })
}

async function acknowledge(callers: Callers, date: string): Promise<void> {
  const { files } = await callers.finance<ClearingRunAnswer>('GET', `/v1/clearing-runs/${date}`)
  for (const { id, state, sha256 } of files)
    if (state === 'published')
      await agreed(callers, `/v1/clearing-files/${id}/acknowledgement`, { outcome: 'accepted', sha256 })
}

async function reaches(finance: Http, date: string, states: readonly string[]): Promise<ClearingRunAnswer> {
  const until = Date.now() + GIVEN_UP_MS
  for (;;) {
    const run = await finance<ClearingRunAnswer>('GET', `/v1/clearing-runs/${date}`)
    if (states.includes(run.state)) return run
    if (Date.now() > until)
      throw new Error(`clearing of ${date} is ${run.state}: ${run.trouble ?? './lijian logs worker'}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** The bank's statement has this run's receipts and one that nobody knows: a case, which one person resolves and another approves. */
async function bankDay(
  { maker, checker, finance, upload }: Callers,
  date: string,
  run: string,
  say: (line: string) => void,
): Promise<void> {
  const { proposals } = await finance<{ proposals: ProposalAnswer[] }>('GET', '/v1/proposals?state=approved&limit=500')
  const receipts = proposals.flatMap(({ kind, body }) => {
    const { bankReference, amount } = body as { bankReference?: string; amount?: number }
    return kind === 'receipt' && bankReference?.startsWith(`demo-${run}-`) ? [[bankReference, amount!] as const] : []
  })
  // This bank's files are UTF-8; everything else is as in the layout that comes with Lijian. A layout is data.
  const example = await finance<BillLayout>('GET', '/v1/reconciliation/layouts/bank-statement')
  const layout = { ...example, code: 'demo-bank', encoding: 'utf-8' as const }
  const put = await finance<BillLayout | ProposalAnswer>('PUT', '/v1/reconciliation/layouts/demo-bank', layout)
  // Of the demo before it stands so already.
  if ('hash' in put) await checker('POST', `/v1/proposals/${put.id}/approve`, { hash: put.hash })
  const statement = bankStatement(date, [...receipts, [`unknown-${run}`, UNKNOWN_FEN]])
  await upload(`/v1/reconciliation/imports?layout=demo-bank&date=${date}&name=bank-${run}.csv`, statement)
  const { runs } = await finance<ReconciliationRuns>('POST', '/v1/reconciliation/runs', { date, withoutBuffer: true })
  const bank = runs.find(({ source }) => source === 'bank')!
  say(`bank statement: ${bank.lines} lines, ${bank.matchedLines} matched with our books, ${yuan(bank.matchedAmount)}`)
  const { cases } = await finance<CasePage>('GET', '/v1/cases?state=open&limit=500')
  const unknown = cases.find(({ serial }) => serial === `unknown-${run}`)
  if (!unknown) throw new Error(`the difference of ${yuan(UNKNOWN_FEN)} was not found`)
  const path = `/v1/cases/${unknown.id}/resolutions`
  const { id, hash } = await maker<ResolutionAnswer>('POST', path, {
    resolution: 'accept',
    reason: 'nobody knows whose it is yet',
  })
  await checker('POST', `${path}/${id}/approve`, { hash })
  say(
    `case ${unknown.id}: ${unknown.kind} ${yuan(UNKNOWN_FEN)}; one key proposed to accept it, another approved: it waits in suspense`,
  )
}

function bankStatement(date: string, receipts: readonly (readonly [string, number])[]): string {
  let balance = 0
  const lines = receipts.map(([reference, fen], i) => {
    balance += fen
    const time = `09:${String(Math.trunc(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`
    return `${reference},${date.replaceAll('-', '')},${time},,${yuanText(fen)},${yuanText(balance)}`
  })
  return [
    '流水号,交易日期,交易时间,借方发生额,贷方发生额,账户余额',
    ...lines,
    `合计,,${lines.length},0.00,${yuanText(balance)},`,
    '',
  ].join('\n')
}
