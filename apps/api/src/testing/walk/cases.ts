import type { WalkRequest } from './request'

/** What a walk has found once, mended since: operation, key, request. A walk prints what it finds in this form. */
interface Found {
  operation: string
  key: string
  request: WalkRequest
  why: string
}

const json = { 'content-type': 'application/json' }
const onDate = (operation: string, target: string): Found => ({
  operation,
  key: 'all',
  request: { target, headers: json, body: '{"date":"0000-01-01"}' },
  why: '500: PostgreSQL has no year 0',
})

export const FOUND: Found[] = [
  onDate('openClearingRun', '/v1/clearing-runs'),
  onDate('runReconciliation', '/v1/reconciliation/runs'),
  {
    operation: 'putRouting',
    key: 'all',
    request: { target: '/v1/routing', headers: json, body: '"ref 6222-0212-3456-7890-128 13912345678"' },
    why: 'the refusal of a document repeated what was found in it',
  },
  {
    operation: 'putRouting',
    key: 'all',
    request: { target: '/v1/routing', headers: json, body: '"6222021234567890128"' },
    why: 'the refusal of a document repeated a card number',
  },
]
