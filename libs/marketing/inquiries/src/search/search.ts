import { APPROVAL_KIND_NAMES, approvalKindSpec } from '@lijian/contracts/people'
import { SEARCH_KINDS, type SearchAnswer, type SearchItem, type SearchKind } from '@lijian/contracts/system'
import { inTransaction, isTooSlow } from '@lijian/database'
import type { Pool, PoolClient } from 'pg'
import { KINDS, MID_SCOPES, ofWorkflow, type Found, type Kind, type SearchAsk } from './kinds'

/** Shown of a kind. */
const ITEMS_MAX = 5
/** A routing document is read once after it has changed. */
const MIDS_MS = 3000
/** For one kind; all of them together take no longer than a person waits. */
const KIND_MS = 300
const CLIENTS_MAX = 1000

/** One box for every id. Each kind is a range of one index; which kinds are asked depends on what the scopes of whoever asks open. */
export class Search {
  private mids: { version: number; channelOf: ReadonlyMap<string, string>; sorted: readonly string[] } | undefined

  constructor(
    private readonly pool: Pool,
    private readonly kindMs = KIND_MS,
  ) {}

  async find(q: string, ask: SearchAsk): Promise<SearchAnswer> {
    const flow = ofWorkflow(q)
    const sought = flow?.q ?? q
    const kinds = KINDS.filter(
      ({ kind, scopes, fits, ofBranches }) =>
        scopes.some((scope) => ask.scopes.has(scope)) &&
        (ask.branches === undefined || ofBranches === true) &&
        (flow === undefined || flow.kind === kind) &&
        (fits === undefined || fits.test(sought)),
    )
    const late: SearchKind[] = []
    const found = new Map<SearchKind, { items: SearchItem[]; exact: SearchItem[]; more: boolean }>()
    for (const kind of kinds) {
      const rows = await this.within((db) => rowsOf(db, kind, sought, ask, flow?.client))
      if (rows === undefined) late.push(kind.kind)
      else if (rows.length > 0) found.set(kind.kind, shown(kind, rows))
    }
    if (flow === undefined && ask.branches === undefined && MID_SCOPES.some((scope) => ask.scopes.has(scope))) {
      const mids = await this.midsOf(sought)
      if (mids === undefined) late.push('mid')
      else if (mids.items.length > 0) found.set('mid', mids)
    }
    const groups = SEARCH_KINDS.flatMap((kind) => {
      const { items, more } = found.get(kind) ?? { items: [], more: false }
      return items.length === 0 ? [] : [{ kind, items, more }]
    })
    return { q, exact: SEARCH_KINDS.flatMap((kind) => found.get(kind)?.exact ?? []), groups, late }
  }

  /** Undefined: PostgreSQL did not answer in time. */
  private async within<Value>(work: (db: PoolClient) => Promise<Value>, ms = this.kindMs): Promise<Value | undefined> {
    try {
      return await inTransaction(this.pool, async (db) => {
        await db.query(`SET LOCAL statement_timeout = ${ms}`)
        return work(db)
      })
    } catch (error) {
      if (isTooSlow(error)) return undefined
      throw error
    }
  }

  /** MIDs stand in the routing document, which may have megabytes: it is read again when there is another one. */
  private async midsOf(q: string) {
    const read = await this.within(async (db) => {
      const { rows } = await db.query<{ version: number | null }>('SELECT max(version) AS version FROM routing_version')
      const version = rows[0]!.version ?? 0
      if (this.mids?.version === version) return this.mids
      const { rows: mids } = await db.query<{ code: string; channel: string }>(
        `SELECT mid ->> 'code' AS code, mid ->> 'channel' AS channel FROM routing_version,
           jsonb_path_query(readable_document(document), 'lax $.mids[*]') mid WHERE version = $1`,
        [version],
      )
      const channelOf = new Map(mids.map(({ code, channel }) => [code, channel]))
      return (this.mids = { version, channelOf, sorted: [...channelOf.keys()].sort() })
    }, MIDS_MS)
    if (read === undefined) return undefined
    const codes = read.sorted.filter((code) => code.startsWith(q)).slice(0, ITEMS_MAX + 1)
    const items = codes.map((code): SearchItem => {
      const name = read.channelOf.get(code)
      return { kind: 'mid', id: code, ...(name === undefined ? {} : { name }), address: '/v1/routing' }
    })
    return {
      items: items.slice(0, ITEMS_MAX),
      exact: items.filter(({ id }) => id === q),
      more: items.length > ITEMS_MAX,
    }
  }
}

async function rowsOf(
  db: PoolClient,
  { sql, ofClients, ofBranches, ofKinds }: Kind,
  q: string,
  { scopes, client: own, branches }: SearchAsk,
  client?: string,
): Promise<Found[]> {
  const values: unknown[] = [q, `${q}\u{10FFFF}`, ITEMS_MAX + 1]
  if (ofBranches) values.push(branches ?? null)
  if (ofKinds) values.push(kindsReadBy(scopes))
  if (ofClients) {
    const all = scopes.has('read.transactions') ? await clientsOf(db) : [own]
    values.push(client === undefined ? all : all.filter((code) => code === client))
  }
  return (await db.query<Found>(sql, values)).rows
}

const kindsReadBy = (scopes: ReadonlySet<string>): string[] =>
  APPROVAL_KIND_NAMES.filter((kind) => {
    const { area, make, check } = approvalKindSpec(kind)!
    return [area, ...make, ...check].some((scope) => scopes.has(scope))
  })

async function clientsOf(db: PoolClient): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(`SELECT code FROM client ORDER BY code LIMIT ${CLIENTS_MAX}`)
  return rows.map(({ code }) => code)
}

function shown({ kind, address }: Kind, rows: Found[]) {
  const items = rows.map(({ id, name, state, client }): SearchItem => ({
    kind,
    id,
    ...(name === null ? {} : { name }),
    ...(state === null ? {} : { state }),
    ...(client === null ? {} : { client }),
    address: address(id, client),
  }))
  return {
    items: items.slice(0, ITEMS_MAX),
    exact: items.filter((_, i) => rows[i]!.is_exact),
    more: items.length > ITEMS_MAX,
  }
}
