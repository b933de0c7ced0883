import {
  named,
  orRefusal,
  refusingUnproven,
  reminder,
  ticking,
  type TickActivities,
  type TicksInput,
  updateId,
} from '@lijian/flow-kit'
import {
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow'
import {
  ACKNOWLEDGE_UPDATE,
  CHANGED_SIGNAL,
  clearingSummary,
  DEFAULT_PATIENCE,
  endOf,
  PROGRESS_SIGNAL,
  STATE_QUERY,
  type Acknowledged,
  type AcknowledgeInput,
  type Changed,
  type ClearingDayActivities,
  type ClearingDayInput,
  type ClearingEnd,
  type DueEnd,
  type FileFlowState,
  type Progress,
  type RunSnapshot,
} from './contract'

const plan = proxyLocalActivities<TickActivities>({ startToCloseTimeout: '5s', summary: 'plan' })

export const changedSignal = defineSignal<[Changed]>(CHANGED_SIGNAL)
export const progressSignal = defineSignal<[Progress]>(PROGRESS_SIGNAL)
export const stateQuery = defineQuery<RunSnapshot | null>(STATE_QUERY)
export const acknowledgeUpdate = defineUpdate<Acknowledged, [AcknowledgeInput]>(ACKNOWLEDGE_UPDATE)

/** The steps by how long they may take; a worker that died with one is seen within `heartbeatTimeout`, and another takes it up. */
function steps(heartbeatTimeout: number) {
  return {
    // Rows of PostgreSQL that decide about money: retried without end.
    money: proxyActivities<ClearingDayActivities>({
      startToCloseTimeout: '30m',
      heartbeatTimeout,
      retry: { initialInterval: '500ms', maximumInterval: '1m' },
      summary: 'PostgreSQL',
    }),
    // A whole day of rows: hours for the largest.
    files: proxyActivities<Pick<ClearingDayActivities, 'writeClearingFile' | 'publishSettlement'>>({
      startToCloseTimeout: '6h',
      heartbeatTimeout,
      retry: { initialInterval: '1s', maximumInterval: '1m' },
      summary: 'settlement file',
    }),
    // Waits for another date: each failed try says for which, in the pending activity.
    turn: proxyActivities<Pick<ClearingDayActivities, 'waitTurn' | 'settleDay'>>({
      startToCloseTimeout: '10m',
      heartbeatTimeout,
      retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
      summary: 'dates before this one',
    }),
  }
}

/** The clearing of one business date, from its freeze to the settlement of what it owes merchants. */
export async function clearingDay(input: ClearingDayInput): Promise<ClearingEnd> {
  const { businessDate } = input
  const patience = { ...DEFAULT_PATIENCE, ...input.patience }
  const { money, files, turn } = steps(patience.workerGoneAfterMs)
  let known: Changed | null = null
  let written: Progress | null = null
  let trouble: string | null = null
  const learn = (changed: Changed) => {
    if (known === null || changed.version > known.version) known = changed
    say()
  }
  const now = () => known!.body
  const has = (...states: FileFlowState[]) => now().files.some(({ state }) => states.includes(state))
  let shown = ''
  const say = () => {
    if (known === null) return
    if (shown !== known.body.state)
      upsertSearchAttributes([{ key: { name: 'LijianState', type: 'KEYWORD' }, value: (shown = known.body.state) }])
    tell(known.body, written, trouble)
  }
  setHandler(changedSignal, learn)
  setHandler(progressSignal, (progress) => {
    written = progress
    say()
  })
  setHandler(stateQuery, () => known?.body ?? null)
  const acknowledge = async (input: AcknowledgeInput) => {
    const { proposal, ...changed } = await orRefusal(money.acknowledgeFile({ ...input, update: updateId() }))
    learn(changed)
    return proposal === undefined ? now() : { ...now(), proposal }
  }
  setHandler(acknowledgeUpdate, acknowledge, { validator: refusingUnproven() })

  await turn.waitTurn({ businessDate })
  learn(await money.freezeDay({ businessDate }))
  while (now().state !== 'settled') {
    if (has('created')) {
      for (const { id, name, state } of now().files)
        if (state === 'created') await files.writeClearingFile.executeWithOptions({ summary: name }, [{ fileId: id }])
      written = null
      const { differences } = await money.proveDay({ businessDate })
      if (differences.length > 0) {
        trouble = `the files and the ledger do not agree: ${differences.join('; ')}`
        say()
        await money.openProofCase({ kind: 'clearing_proof', businessDate, differences })
        const { version } = known!
        // Somebody asks for a replacement, or what was wrong has been put right.
        const proveAgain = named('replacement, or the next proof', Date.now() + patience.proveAgainMs)
        await condition(() => known!.version > version, patience.proveAgainMs, proveAgain)
        continue
      }
      trouble = null
      learn(await money.publishDay({ businessDate }))
    } else if (has('published')) await acknowledged()
    else if (has('missing', 'refused')) {
      const { version } = known!
      await condition(() => known!.version > version)
    } else learn(await turn.settleDay({ businessDate }))
  }
  await files.publishSettlement({ businessDate })
  return endOf(now())

  /** Until every file that is published is answered, refused or given up. */
  async function acknowledged(): Promise<void> {
    const waiting = () => has('published') && !has('created')
    for (let waitedMs = 0; waiting() && waitedMs < patience.caseAfterMs; waitedMs += patience.remindAfterMs) {
      const leftMs = Math.min(patience.remindAfterMs, patience.caseAfterMs - waitedMs)
      const times = Math.round(waitedMs / patience.remindAfterMs) + 1
      if (await condition(() => !waiting(), leftMs, named(`acknowledgements; ${reminder(times, leftMs)}`))) return
      trouble = 'no acknowledgement yet'
      say()
      await money.remindClearing({ businessDate })
    }
    if (waiting()) learn(await money.giveUpWaiting({ businessDate }))
    trouble = null
    say()
  }
}

/** Once a day after the cut-off, in one flow: a round opens every date that is over, so one that was missed does no harm. */
export const clearingTicks = (input: TicksInput): Promise<never> =>
  ticking(input, {
    what: 'dates that are over are opened for clearing, every day after the cut-off',
    next: (after) => plan.nextRound({ of: 'clearing', after }),
    round: async () => {
      const dates = await steps(DEFAULT_PATIENCE.workerGoneAfterMs).money.openDueRuns()
      return dates.length === 0 ? 'no date was over' : `opened ${dates.join(', ')}`
    },
    missed: 'one',
  })

/** Opens what is over: by hand, and by schedules of releases up to 2026-12. */
export async function clearingDue(): Promise<DueEnd> {
  return { state: 'done', dates: await steps(DEFAULT_PATIENCE.workerGoneAfterMs).money.openDueRuns() }
}

const MOST_SHOWN = 40
const WAITS: Readonly<Record<FileFlowState, string>> = {
  created: 'being made',
  published: 'waits for its acknowledgement',
  missing: '⚠ no acknowledgement has come: see the case',
  acknowledged: 'acknowledged',
  refused: '⚠ refused: waits for a replacement',
}

function tell(run: RunSnapshot, written: Progress | null, trouble: string | null): void {
  const lines = run.files.slice(0, MOST_SHOWN).map(({ id, name, rows, state }) => {
    const progress =
      state === 'created' && written?.fileId === id ? `${written.rowsWritten} of ${rows} rows` : `${rows} rows`
    return `- ${name}: ${progress}, ${WAITS[state]}`
  })
  const more = run.files.length - lines.length
  if (more > 0) lines.push(`- … and ${more} more`)
  const head = [`**${run.state}** · ${clearingSummary(run)}`, ...(trouble === null ? [] : [`⚠ ${trouble}`])]
  setCurrentDetails([...head, lines.join('\n')].filter((part) => part !== '').join('\n\n'))
}
