import { present } from '@lijian/contracts/system'
import type { Acknowledgement } from '@lijian/clearing-files'
import type {
  ClearingFileAnswer,
  ClearingFilePage,
  ClearingRunAnswer,
  ClearingRunStarted,
} from '@lijian/contracts/finance'
import type { ProposalAnswer } from '@lijian/contracts/people'
import { moneyTextNamed } from '@lijian/money'
import { Refused, type Api } from './http'

export const WAITED_STATES = ['published', 'acknowledged', 'settled'] as const
export type Waited = (typeof WAITED_STATES)[number]
const ORDER = ['opened', 'frozen', ...WAITED_STATES]
const LOOK_MS = 500

interface Ask {
  date: string
  /** Close the date although it is not over. */
  early?: boolean
  /** Absent: it only begins. */
  until?: Waited
  /** Approves what waits for another person, in development; absent: it waits. */
  approve?: Api | undefined
  /** Progress. */
  say: (line: string) => void
  /** The result. */
  print: (line: string) => void
}

/** What another person decides first: told, or approved with the development key of the checker. Undefined: it is done. */
async function waiting(answer: object, { say, approve }: Pick<Ask, 'say' | 'approve'>): Promise<string | undefined> {
  const { id, hash } = answer as { id?: number; hash?: string }
  if (hash === undefined) return undefined
  const told = `waits for another person: proposal ${id}, POST /v1/proposals/${id}/approve`
  if (approve === undefined) return told
  await approve('POST', `/v1/proposals/${id}/approve`, { hash })
  say(`proposal ${id} approved with the development key of the checker`)
  return undefined
}

/** Opens the run of a date and, if wished, follows it. */
export async function clear(api: Api, { date, early, until, say, print, approve }: Ask): Promise<void> {
  const started = await api<ClearingRunStarted | ProposalAnswer>('POST', '/v1/clearing-runs', {
    date,
    ...present({ early }),
  })
  const waits = await waiting(started, { say, approve })
  if (waits !== undefined) say(`closing ${date} early ${waits}`)
  if (waits !== undefined && until === undefined) return
  const { opened = [], warnings = [] } = started as Partial<ClearingRunStarted>
  for (const warning of warnings) say(`warning: ${warning}`)
  if (opened.length > 1) say(`opened ${opened[0]} to ${opened.at(-1)}: ${opened.length} dates, in order`)
  let told = ''
  for (;;) {
    const run = await runOf(api, date, waits !== undefined)
    if (run === undefined) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      continue
    }
    const line = progressOf(run)
    if (line !== told) say((told = line))
    if (until === undefined || ORDER.indexOf(run.state) >= ORDER.indexOf(until)) return show(run, print)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/** Undefined: nobody has approved yet that it begins. */
async function runOf(api: Api, date: string, mayWait: boolean): Promise<ClearingRunAnswer | undefined> {
  try {
    return await api<ClearingRunAnswer>('GET', `/v1/clearing-runs/${date}`)
  } catch (error) {
    if (mayWait && error instanceof Refused && error.problem.status === 404) return undefined
    throw error
  }
}

function progressOf({ businessDate, state, trouble, files }: ClearingRunAnswer): string {
  const made = files.filter((file) => file.state === 'created')
  const rows = made.map(({ name, rowsWritten, rows: all }) => `${name} ${rowsWritten}/${all}`)
  return [`${businessDate} ${state}`, ...rows.slice(0, 4), ...(trouble === undefined ? [] : [`! ${trouble}`])].join(
    '  ',
  )
}

function show({ businessDate, settlementDate, state, files }: ClearingRunAnswer, print: (line: string) => void): void {
  print(`${businessDate} ${state}, settlement ${settlementDate}`)
  for (const { name, currency, rows, received, discount, state: now, sha256 } of files)
    print(
      `  ${name}  ${rows} rows  received ${moneyTextNamed(received, currency)}  discount ${moneyTextNamed(discount, currency)}  ${now}  ${sha256?.slice(0, 12) ?? ''}`,
    )
}

export async function acknowledgeAll(
  api: Api,
  { date, say, approve }: Pick<Ask, 'date' | 'say' | 'approve'>,
): Promise<void> {
  const { files } = await api<ClearingRunAnswer>('GET', `/v1/clearing-runs/${date}`)
  for (const { id, name, state, sha256 } of files) {
    if (state !== 'published' && state !== 'missing') continue
    const answer = await api<object>('POST', `/v1/clearing-files/${id}/acknowledgement`, {
      outcome: 'accepted',
      sha256,
    })
    const waits = await waiting(answer, { say, approve })
    say(waits === undefined ? `accepted ${name}` : `${name} ${waits}`)
  }
}

/** Hands in what a clearing system has sent; the file is found by its name. */
export async function sendAcknowledgement(
  api: Api,
  { fileName, ...acknowledgement }: Acknowledgement,
  asked: Pick<Ask, 'say' | 'approve'>,
): Promise<string> {
  const { id } = await fileNamed(api, fileName)
  const answer = await api<object>('POST', `/v1/clearing-files/${id}/acknowledgement`, acknowledgement)
  const waits = await waiting(answer, asked)
  if (waits !== undefined) return `${fileName} ${waits}`
  const { state } = 'hash' in answer ? await fileNamed(api, fileName) : (answer as ClearingFileAnswer)
  return `${fileName} ${state}`
}

async function fileNamed(api: Api, name: string): Promise<ClearingFileAnswer> {
  const { files } = await api<ClearingFilePage>('GET', `/v1/clearing-files?name=${encodeURIComponent(name)}`)
  if (!files[0]) throw new Error(`there is no clearing file ${name}`)
  return files[0]
}
