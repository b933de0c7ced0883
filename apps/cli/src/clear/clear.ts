import { present } from '@lijian/contracts/system'
import type { Acknowledgement } from '@lijian/clearing-files'
import type {
  ClearingFileAnswer,
  ClearingFilePage,
  ClearingRunAnswer,
  ClearingRunStarted,
} from '@lijian/contracts/finance'
import { moneyTextNamed } from '@lijian/money'
import type { Api } from './http'

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
  /** Progress. */
  say: (line: string) => void
  /** The result. */
  print: (line: string) => void
}

/** Opens the run of a date and, if wished, follows it. */
export async function clear(api: Api, { date, early, until, say, print }: Ask): Promise<void> {
  const { opened, warnings = [] } = await api<ClearingRunStarted>('POST', '/v1/clearing-runs', {
    date,
    ...present({ early }),
  })
  for (const warning of warnings) say(`warning: ${warning}`)
  if (opened.length > 1) say(`opened ${opened[0]} to ${opened.at(-1)}: ${opened.length} dates, in order`)
  let told = ''
  for (;;) {
    const run = await api<ClearingRunAnswer>('GET', `/v1/clearing-runs/${date}`)
    const line = progressOf(run)
    if (line !== told) say((told = line))
    if (until === undefined || ORDER.indexOf(run.state) >= ORDER.indexOf(until)) return show(run, print)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
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

export async function acknowledgeAll(api: Api, date: string, say: (line: string) => void): Promise<void> {
  const { files } = await api<ClearingRunAnswer>('GET', `/v1/clearing-runs/${date}`)
  for (const { id, name, state, sha256 } of files) {
    if (state !== 'published' && state !== 'missing') continue
    await api('POST', `/v1/clearing-files/${id}/acknowledgement`, { outcome: 'accepted', sha256 })
    say(`accepted ${name}`)
  }
}

/** Hands in what a clearing system has sent; the file is found by its name. */
export async function sendAcknowledgement(
  api: Api,
  { fileName, ...acknowledgement }: Acknowledgement,
): Promise<string> {
  const file = await fileNamed(api, fileName)
  const { state } = await api<ClearingFileAnswer>(
    'POST',
    `/v1/clearing-files/${file.id}/acknowledgement`,
    acknowledgement,
  )
  return `${fileName} ${state}`
}

async function fileNamed(api: Api, name: string): Promise<ClearingFileAnswer> {
  const { files } = await api<ClearingFilePage>('GET', `/v1/clearing-files?name=${encodeURIComponent(name)}`)
  if (!files[0]) throw new Error(`there is no clearing file ${name}`)
  return files[0]
}
