import { KEY_CONNECTIONS } from '@lijian/identity'

/**
 * Every connection of an API process, by the name that pg_stat_activity shows. docs/reference/connections.md says the same in prose, and
 * connections.test.ts counts the real ones. Payments share theirs with nobody.
 */
export const CONNECTIONS = {
  documents: { name: 'lijian', max: 8, why: 'documents and clients: TypeORM, short statements of people' },
  people: { name: 'lijian-api-people', max: 8, why: 'changes of people' },
  imports: { name: 'lijian-api-imports', max: 3, why: 'bills that are read for minutes: one each, from first to last' },
  stop: { name: 'lijian-api-stop', max: 2, why: 'suspending and resuming: kept for it, 5 s at most' },
  reading: { name: 'lijian-api-reading', max: 4, why: 'lists, explanations and clearing runs: 30 s at most' },
  evaluations: { name: 'lijian-evaluations', max: 2, why: 'dry runs in one snapshot: 5 s at most' },
  hot: { name: 'lijian-hot', max: 4, why: 'payments only: always open, 4 s at most' },
  decisionLog: { name: 'lijian-log', max: 1, why: 'answers without an offer, written behind the payments' },
  routing: { name: 'lijian-routing', max: 2, why: 'the routing document and success rates, read again each second' },
  catalog: { name: 'lijian', max: 2, why: 'the catalog of marketing, read again when something has changed' },
  keys: { ...KEY_CONNECTIONS, why: 'keys, read again each second: one, and more while PostgreSQL is hard to reach' },
  listener: { name: 'lijian-config', max: 1, why: 'hears of changes' },
} as const

export const CONNECTIONS_MAX = Object.values(CONNECTIONS).reduce((sum, { max }) => sum + max, 0)
