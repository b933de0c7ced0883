import { branchOfCase } from '@lijian/approvals'
import { READ_AREAS, type Scope } from '@lijian/contracts/people'
import type { SearchKind } from '@lijian/contracts/system'

/** What whoever asks may see of transactions; `transactions` alone opens those of its own client. */
export interface SearchAsk {
  scopes: ReadonlySet<string>
  client: string
  /** What is found is of these branches; undefined: of all. */
  branches?: readonly string[] | undefined
}

export interface Found {
  id: string
  name: string | null
  state: string | null
  client: string | null
  is_exact: boolean
}

export interface Kind {
  kind: SearchKind
  /** Any one of them is enough: those of the address that reads one. */
  scopes: readonly Scope[]
  /** $1: what is looked for; $2: the first text after all that begin with it; $3: how many; $4: branches, or null, where it has one; then clients or kinds, where it asks for them. */
  sql: string
  /** Whether it can be one at all. */
  fits?: RegExp
  ofClients?: true
  ofKinds?: true
  /** It belongs to branches. Absent: of no branch, so that only head office finds it. */
  ofBranches?: true
  address: (id: string, client: string | null) => string
}

const NUMBER = /^[0-9]{1,15}$/
const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]*$/
const SERIAL = /^[A-Za-z0-9][A-Za-z0-9._:-]*$/

/** In SQL, of the transaction: its merchant or one of its campaigns is of the branches. */
const SEEN = `(EXISTS (SELECT FROM merchant m WHERE m.id = merchant AND m.branch = ANY ($4))
  OR EXISTS (SELECT FROM jsonb_array_elements(record -> 'offers') o JOIN campaign g ON g.code = o ->> 'campaign' WHERE g.branch = ANY ($4)))`

/** Rows of a table whose texts begin with $1: a range of an index in the order of bytes. */
const beginning = (table: string, column: string, { name = 'NULL', state = 'NULL', branch = '' } = {}): string =>
  `SELECT ${column} AS id, ${name} AS name, ${state} AS state, NULL AS client, ${column} = $1 AS is_exact FROM ${table} t
   WHERE ${column} COLLATE "C" >= $1 AND ${column} COLLATE "C" < $2${branch === '' ? '' : ` AND ($4::text[] IS NULL OR ${branch} = ANY ($4))`} ORDER BY ${column} COLLATE "C" LIMIT $3`

/** One row by its number. */
const numbered = (table: string, name: string, where = ''): string =>
  `SELECT id::text AS id, ${name} AS name, state, NULL AS client, true AS is_exact FROM ${table} c
   WHERE id = $1::bigint AND $2::text IS NOT NULL${where} LIMIT $3`

export const KINDS: readonly Kind[] = [
  {
    kind: 'transaction',
    scopes: ['read.transactions', 'transactions'],
    fits: SERIAL,
    ofClients: true,
    ofBranches: true,
    // A range of the primary key for each client, of which there are few.
    sql: `SELECT t.serial AS id, t.merchant AS name, t.state, t.client, t.serial = $1 AS is_exact FROM unnest($5::text[]) c (code)
      CROSS JOIN LATERAL (SELECT client, serial, merchant, state FROM marketing_transaction
        WHERE client = c.code COLLATE "C" AND serial >= $1 AND serial < $2 AND ($4::text[] IS NULL OR ${SEEN})
        ORDER BY serial LIMIT $3) t ORDER BY t.serial, t.client LIMIT $3`,
    address: (id, client) => `/v1/transactions/${encodeURIComponent(id)}?client=${encodeURIComponent(client ?? '')}`,
  },
  {
    kind: 'campaign',
    scopes: ['read.marketing', 'campaigns.make', 'campaigns.check'],
    fits: CODE,
    sql: beginning('campaign', 't.code', {
      name: '(SELECT f.name FROM campaign_facts f WHERE f.code = t.code AND f.version = t.latest_version)',
      branch: 't.branch',
    }),
    ofBranches: true,
    address: (id) => `/v1/campaigns/${id}`,
  },
  {
    kind: 'merchant',
    scopes: ['read.marketing', 'merchants'],
    fits: CODE,
    sql: beginning('merchant', 't.id', { name: 't.name', state: 't.status', branch: 't.branch' }),
    ofBranches: true,
    address: (id) => `/v1/merchants/${id}`,
  },
  {
    kind: 'partner',
    scopes: ['read.money', 'partners', 'funding.make', 'funding.check'],
    fits: CODE,
    sql: beginning('partner', 't.code', { name: 't.name', state: 't.status', branch: 't.branch' }),
    ofBranches: true,
    address: (id) => `/v1/partners/${id}`,
  },
  {
    kind: 'case',
    scopes: ['cases', 'read.clearing'],
    fits: NUMBER,
    sql: numbered('reconciliation_case', 'kind', ` AND ($4::text[] IS NULL OR ${branchOfCase('c')} = ANY ($4))`),
    ofBranches: true,
    address: (id) => `/v1/cases/${id}`,
  },
  {
    kind: 'card_usage_case',
    scopes: ['cases', 'routing', 'read.routing'],
    fits: NUMBER,
    sql: numbered('card_usage_case', 'merchant'),
    address: (id) => `/v1/card-usage-cases/${id}`,
  },
  {
    kind: 'proposal',
    scopes: [...READ_AREAS, 'funding.make', 'funding.check'],
    fits: NUMBER,
    sql: numbered(
      'proposal',
      `kind || ' ' || subject`,
      ' AND ($4::text[] IS NULL OR branch = ANY ($4)) AND kind = ANY ($5::text[])',
    ),
    ofBranches: true,
    ofKinds: true,
    address: (id) => `/v1/proposals/${id}`,
  },
  {
    kind: 'clearing_file',
    scopes: ['finance', 'read.clearing'],
    sql: beginning('clearing_file', 't.name', { name: 't.id::text', state: 't.state' }),
    address: (id) => `/v1/clearing-files?name=${encodeURIComponent(id)}`,
  },
  {
    kind: 'card_group',
    scopes: ['read.marketing', 'card-groups'],
    fits: CODE,
    sql: beginning('card_group', 't.code', { name: 't.name' }),
    address: (id) => `/v1/card-groups/${id}`,
  },
  {
    kind: 'customer_group',
    scopes: ['read.marketing', 'card-groups'],
    fits: CODE,
    sql: beginning('customer_group', 't.code', { name: 't.name' }),
    address: (id) => `/v1/customer-groups/${id}`,
  },
  {
    kind: 'client',
    scopes: ['admin', 'read.people'],
    fits: CODE,
    sql: beginning('client', 't.code', { name: 't.name' }),
    address: (id) => `/v1/clients/${id}`,
  },
]

export const MID_SCOPES: readonly Scope[] = ['routing', 'read.routing']

/** Ids of workflows (docs/reference/workflows.md) name what they are about. */
export function ofWorkflow(id: string): { kind: SearchKind; q: string; client?: string } | undefined {
  const [flow, a, b, c] = id.split('/')
  if (a === undefined) return undefined
  if (flow === 'transaction' && b !== undefined) return { kind: 'transaction', q: b, client: a }
  if ((flow === 'refund' || flow === 'reversal' || flow === 'void') && b !== undefined)
    return { kind: 'transaction', q: b, client: a }
  if (flow === 'funding') return { kind: 'proposal', q: a }
  if (flow === 'card-usage' && c !== undefined) return { kind: 'card_usage_case', q: c }
  return undefined
}
