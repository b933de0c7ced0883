import { lockSubject, whoIs, type Proposal, type ProposalKind, type Proposals } from '@lijian/approvals'
import type { AcknowledgementRequest, ClearingFileAnswer, ClearingRunStarted } from '@lijian/contracts/finance'
import { canonicalJson, LijianError } from '@lijian/contracts/system'
import { inTransaction, type BusinessDayRule } from '@lijian/database'
import type { Pool, PoolClient } from 'pg'
import { acknowledge, isReplaced, lockFile, replace, verdictOn } from './acknowledge'
import type { ClearingDays } from './clearing-days'
import { closesEarly, openRuns } from './open'
import { fileAnswer, readFiles, readRuns, tellFlow, type Db, type StoredFile } from './rows'

const ACKNOWLEDGEMENT = 'acknowledgement'
const REPLACEMENT = 'replacement'
const EARLY_CLOSE = 'early_close'

type Facts = ReturnType<typeof factsOf>
type Acknowledged = Facts & Pick<AcknowledgementRequest, 'reasons'>
type Replaced = Facts & { reason: string }
interface Closed {
  businessDate: string
  state: string
}

interface Options extends BusinessDayRule {
  earlyClose?: boolean
}

/** What people do to clearing in place of a clearing system or the clock: each decides about money, so another person decides too. */
export const byHandKinds = (options: Options) => ({
  [ACKNOWLEDGEMENT]: {
    replaces: true,
    before: fileBefore,
    async apply(db, { subject, body: { state, sha256, reasons } }) {
      const outcome = state === 'acknowledged' ? 'accepted' : 'refused'
      const change = await acknowledge(db, Number(subject), { outcome, reasons, sha256: sha256 ?? undefined })
      if (change) await tellFlow(db, change)
    },
  } satisfies ProposalKind<Acknowledged>,
  [REPLACEMENT]: {
    replaces: true,
    before: fileBefore,
    async apply(db, { subject, body }) {
      const change = await replace(db, Number(subject), body.reason)
      if (change) await tellFlow(db, change)
    },
  } satisfies ProposalKind<Replaced>,
  [EARLY_CLOSE]: {
    replaces: true,
    before: dateBefore,
    async apply(db, { subject, maker }) {
      mustBeOn(options)
      await openRuns(db, subject, maker, options, { early: true })
    },
  } satisfies ProposalKind<Closed>,
})

/** The doors of people to clearing runs; machines of clearing systems acknowledge at once. What stands so already waits for nobody. */
export class ClearingByHand {
  constructor(private readonly options: Options & { pool: Pool; proposals: Proposals; days: ClearingDays }) {}

  /** A date that is over is opened at once. */
  async open(
    date: string,
    actor: string,
    { early = false }: { early?: boolean | undefined } = {},
  ): Promise<{ proposal: Proposal } | { run: ClearingRunStarted }> {
    const { days, pool } = this.options
    if (early) mustBeOn(this.options)
    const proposal = early
      ? await inTransaction(pool, async (db) => {
          await lockSubject(db, EARLY_CLOSE, date)
          if (!(await closesEarly(db, date, this.options))) return undefined
          return this.waiting(db, EARLY_CLOSE, date, { businessDate: date, state: 'closed' } satisfies Closed, actor)
        })
      : undefined
    return proposal ? { proposal } : { run: await days.open(date, actor) }
  }

  /** What a clearing system says of a file: by its own key at once, by a person once another one approves. */
  async acknowledge(
    fileId: number,
    request: AcknowledgementRequest,
    actor: string,
  ): Promise<{ proposal: Proposal } | { file: ClearingFileAnswer }> {
    const { days, pool } = this.options
    const { isMachine } = await whoIs(pool, actor)
    if (isMachine) return { file: await days.acknowledge(fileId, request) }
    const said = await inTransaction(pool, async (db) => {
      await lockSubject(db, ACKNOWLEDGEMENT, String(fileId))
      const file = await lockFile(db, fileId)
      const state = verdictOn(file, request)
      if (state === undefined) return { file: fileAnswer(file) }
      const { reasons } = request
      const body = { ...factsOf(file), state, ...(reasons === undefined ? {} : { reasons }) } satisfies Acknowledged
      return { proposal: await this.waiting(db, ACKNOWLEDGEMENT, String(fileId), body, actor) }
    })
    return said
  }

  /** Where it is replaced for this reason already: the version after it. */
  replace(
    fileId: number,
    reason: string,
    actor: string,
  ): Promise<{ proposal: Proposal } | { file: ClearingFileAnswer }> {
    return inTransaction(this.options.pool, async (db) => {
      await lockSubject(db, REPLACEMENT, String(fileId))
      const file = await lockFile(db, fileId)
      if (isReplaced(file, reason)) {
        const [next] = await readFiles(db, 'WHERE f.replaces = $1', [fileId])
        return { file: fileAnswer(next!) }
      }
      const body = { ...factsOf(file), state: 'replaced', reason } satisfies Replaced
      return { proposal: await this.waiting(db, REPLACEMENT, String(fileId), body, actor) }
    })
  }

  /** The same again is what waits already; something else takes its place. */
  private async waiting(db: PoolClient, kind: string, subject: string, body: object, actor: string): Promise<Proposal> {
    const { proposals } = this.options
    const open = await proposals.openOf(kind, subject, db)
    if (open !== undefined && canonicalJson(open.body) === canonicalJson(body)) return open
    return proposals.proposeIn(db, { kind, subject, request: body, actor })
  }
}

const fileBefore = async (db: Db, id: string): Promise<Facts> => factsOf(await lockFile(db, Number(id)))

async function dateBefore(db: Db, date: string): Promise<Closed> {
  const [run] = await readRuns(db, 'WHERE business_date = $1', [date])
  return { businessDate: date, state: run?.state ?? 'open' }
}

/** What two people see of a file. A reminder that nothing has come makes it no other file. */
function factsOf({ name, clearingSystem, version, rows, grossFen, discountFen, sha256, state }: StoredFile) {
  const waits: string = state === 'missing' ? 'published' : state
  return { name, clearingSystem, version, rows, received: grossFen, discount: discountFen, sha256, state: waits }
}

function mustBeOn({ earlyClose = false }: Options): void {
  if (!earlyClose)
    throw new LijianError('state_conflict', 'Dates are not closed before they are over: LIJIAN_EARLY_CLOSE is off')
}
