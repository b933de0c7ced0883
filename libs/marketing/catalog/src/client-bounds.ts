import { LijianError } from '@lijian/contracts/system'
import { ReadingAgain } from '@lijian/live-config'
import type { MerchantGroups } from '@lijian/rules'

/** Whether a client may hold another offer; `take` says that it does. */
export interface HoldRoom {
  readonly isFull: boolean
  take(): void
}

export interface ClientBoundsOptions {
  query: (sql: string) => Promise<Row[]>
  /** Groups of merchants as they are now. */
  groups: MerchantGroups
  onError?: ((error: unknown) => void) | undefined
}

interface Row {
  code: string
  merchants: string[]
  groups: string[]
  max: number | null
  open: number
}

const READ_EVERY_MS = 1000
const READ_WITHIN_MS = 3000
/** A count that is older bounds nothing: no payment suffers because we count late. */
const COUNT_TRUSTED_MS = 5000
/** A hold that began so long before a count was asked for is in it; one that is younger may be on its way to the disk. */
const ON_ITS_WAY_MS = 200

/**
 * At which merchants the payments of each client are, and how many offers it holds: read each second. In between a process adds what it holds itself. With n
 * processes a client holds at most n times its cap, and beyond the cap for no longer than its holds live; after an end it waits a second for the room.
 */
export class ClientBounds {
  private clients = new Map<string, Client>()
  private readonly reading: ReadingAgain
  private asked: Promise<Row[]> | undefined

  constructor(private readonly options: ClientBoundsOptions) {
    const { onError } = options
    const read = (isCurrent: () => boolean) => this.read(isCurrent)
    this.reading = new ReadingAgain({ read, everyMs: READ_EVERY_MS, limitMs: READ_WITHIN_MS, onError })
  }

  start(): Promise<void> {
    return this.reading.start()
  }

  stop(): Promise<void> {
    return this.reading.stop()
  }

  /** Throws LijianError merchant_not_allowed. */
  mustBeBound(client: string, merchant: string): void {
    const { merchants, groups } = this.clients.get(client) ?? ANYWHERE
    if (merchants.size === 0 && groups.length === 0) return
    if (merchants.has(merchant) || groups.some((group) => this.options.groups.has(merchant, group))) return
    throw new LijianError('merchant_not_allowed', `Client ${client} is not bound to merchant ${merchant}`)
  }

  /** Undefined: it has no cap. */
  roomOf(client: string): HoldRoom | undefined {
    const found = this.clients.get(client)
    if (found === undefined || found.max === null) return undefined
    const { max, open, taken } = found
    return {
      isFull: open + taken.length >= max && this.reading.ageMs <= COUNT_TRUSTED_MS,
      take: () => void taken.push(performance.now()),
    }
  }

  private async read(isCurrent: () => boolean): Promise<void> {
    const beganAtMs = performance.now()
    // One question at a time: while somebody locks the clients, the other connection stays free for documents, which a stop waits for.
    if (this.asked !== undefined) await this.asked.catch(() => undefined)
    if (!isCurrent()) return
    this.asked = this.options.query(BOUNDS).finally(() => (this.asked = undefined))
    const rows = await this.asked
    if (!isCurrent()) return
    const before = this.clients
    this.clients = new Map(
      rows.map(({ code, merchants, groups, max, open }) => [
        code,
        {
          merchants: new Set(merchants),
          groups: groups.map((group) => this.options.groups.number(group)),
          max,
          open,
          taken: before.get(code)?.taken.filter((atMs) => atMs > beganAtMs - ON_ITS_WAY_MS) ?? [],
        },
      ]),
    )
  }
}

interface Client {
  merchants: ReadonlySet<string>
  /** Their numbers. */
  groups: readonly number[]
  max: number | null
  /** Counted at the last look, and since when this process holds each one that may be missing there. */
  open: number
  taken: number[]
}

const ANYWHERE: Pick<Client, 'merchants' | 'groups'> = { merchants: new Set(), groups: [] }

const BOUNDS = `SELECT c.code, c.merchants, c.merchant_groups AS groups, c.open_holds_max AS max,
    CASE WHEN c.open_holds_max IS NULL THEN 0 ELSE (SELECT count(*)::int FROM open_hold h WHERE h.client = c.code) END AS open
  FROM client c WHERE c.open_holds_max IS NOT NULL OR c.merchants <> '{}' OR c.merchant_groups <> '{}'`
