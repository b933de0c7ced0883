import type { Campaign, Merchant, MerchantGroup } from '@lijian/contracts/marketing'
import type { GroupKind } from '@lijian/database'
import type { EvaluatorOptions } from '@lijian/evaluator'
import { TokenSetBuilder, type CardGroupMembers, type CustomerGroupMembers, type TokenMembers } from '@lijian/rules'
import type { PoolClient } from 'pg'
import type { Ref } from './row'

/** What payments are tried against: documents, merchants and groups as they are now. Balances are unlimited, draws have a key of zeros. */
export async function worldOf(
  db: PoolClient,
  refs: readonly Ref[],
  merchants: readonly string[],
): Promise<EvaluatorOptions> {
  const { rows } = await db.query<{ document: Campaign }>(
    `SELECT v.document FROM unnest($1::text[], $2::int[]) WITH ORDINALITY tried (code, version, n) JOIN campaign_version v USING (code, version) ORDER BY n`,
    [refs.map(({ code }) => code), refs.map(({ version }) => version)],
  )
  const campaigns = rows.map(({ document }) => document)
  const named = campaigns.flatMap(({ offers }) => offers.map(({ rule }) => rule.conditions ?? {}))
  const cards = named.flatMap(({ binGroups = [], cardBlacklists = [], cardWhitelists = [] }) => [
    ...binGroups,
    ...cardBlacklists,
    ...cardWhitelists,
  ])
  const customers = named.flatMap(({ customerGroups = [] }) => customerGroups)
  return {
    campaigns,
    merchants: await merchantsOf(db, merchants),
    cardGroups: await cardGroupsOf(db, [...new Set(cards)]),
    customerGroups: await customerGroupsOf(db, [...new Set(customers)]),
    merchantGroups: await merchantGroupsOf(
      db,
      campaigns.flatMap(({ offers }) => offers.flatMap((offer) => offer.merchantGroups ?? [])),
      merchants,
    ),
  }
}

async function merchantsOf(db: PoolClient, ids: readonly string[]): Promise<Merchant[]> {
  const { rows } = await db.query<{ document: Merchant }>('SELECT document FROM merchant WHERE id = ANY ($1)', [ids])
  return rows.map(({ document }) => document)
}

interface GroupRow {
  code: string
  bins: string[]
  members_version: number
  member_count: number
}

async function cardGroupsOf(db: PoolClient, codes: readonly string[]): Promise<CardGroupMembers[]> {
  const { rows } = await db.query<GroupRow>(
    'SELECT code, bins, members_version, member_count FROM card_group WHERE code = ANY ($1)',
    [codes],
  )
  const groups: CardGroupMembers[] = []
  for (const row of rows) groups.push({ code: row.code, bins: row.bins, cards: await membersOf(db, 'card_group', row) })
  return groups
}

async function customerGroupsOf(db: PoolClient, codes: readonly string[]): Promise<CustomerGroupMembers[]> {
  const { rows } = await db.query<GroupRow>(
    'SELECT code, members_version, member_count FROM customer_group WHERE code = ANY ($1)',
    [codes],
  )
  const groups: CustomerGroupMembers[] = []
  for (const row of rows) groups.push({ code: row.code, customers: await membersOf(db, 'customer_group', row) })
  return groups
}

const PAGES_AT_ONCE = 4

async function membersOf(
  db: PoolClient,
  kind: GroupKind,
  { code, members_version, member_count }: GroupRow,
): Promise<TokenMembers> {
  const builder = new TokenSetBuilder(member_count)
  for (let from = 0; ; from += PAGES_AT_ONCE) {
    const { rows } = await db.query<{ members: Buffer<ArrayBuffer> }>(
      'SELECT members FROM group_page WHERE kind = $1 AND code = $2 AND version = $3 AND page >= $4 AND page < $5 ORDER BY page',
      [kind, code, members_version, from, from + PAGES_AT_ONCE],
    )
    for (const { members } of rows) builder.append(members)
    if (rows.length < PAGES_AT_ONCE) return builder.build()
  }
}

/** As they are in force; only the merchants of these payments matter. */
async function merchantGroupsOf(
  db: PoolClient,
  codes: readonly string[],
  merchants: readonly string[],
): Promise<MerchantGroup[]> {
  const { rows } = await db.query<MerchantGroup>(
    `SELECT g.code, array_agg(m.merchant) AS merchants FROM merchant_group g JOIN merchant_group_member m ON m.code = g.code
     WHERE g.code = ANY ($1) AND m.merchant = ANY ($2) AND m.from_version <= g.version AND (m.to_version IS NULL OR m.to_version > g.version)
     GROUP BY g.code`,
    [codes, merchants],
  )
  return rows
}
