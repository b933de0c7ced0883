import { LijianError } from '@lijian/contracts/system'
import type { OwnedKind } from '@lijian/approvals'
import { isDeepStrictEqual } from 'node:util'

/** The parts of a request, parsed. */
export interface Parts {
  params: Readonly<Record<string, unknown>>
  query: Readonly<Record<string, unknown>>
  body: unknown
}

export interface Named {
  kind: OwnedKind
  id: string
  client?: string
}

/**
 * `house`: it shows or changes what is of no branch, so it is open to head office alone. `shared`: the same for everybody, or cut to the branch by
 * its own list. Else: what it names, each of which is of the branch or below.
 */
export type Rule = 'house' | 'shared' | ((parts: Parts) => Named[])

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
const named = (kind: OwnedKind, id: unknown, client?: unknown): Named[] => {
  const found = text(id)
  return found === undefined ? [] : [{ kind, id: found, client: text(client) ?? '' }]
}
const bodyOf = ({ body }: Parts): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
const within = (whole: unknown, key: string): unknown =>
  typeof whole === 'object' && whole !== null ? (whole as Record<string, unknown>)[key] : undefined

const byCode = (kind: OwnedKind) => (parts: Parts) => named(kind, parts.params['code'])
const byId = (kind: OwnedKind) => (parts: Parts) => named(kind, parts.params['id'])
const bySerial = (kind: OwnedKind) => (parts: Parts) => named(kind, parts.params['serial'], parts.query['client'])
/** It moves to a branch as well. */
const withBranch = (rule: (parts: Parts) => Named[]) => (parts: Parts) => [
  ...rule(parts),
  ...named('branch', bodyOf(parts)['branch']),
]

const REPORT_SUBJECTS = ['partner', 'campaign', 'merchant'] as const
function aboutReport(parameters: unknown): Named[] {
  const about = REPORT_SUBJECTS.flatMap((kind) => named(kind, within(parameters, kind)))
  if (about.length > 0) return about
  throw new LijianError('forbidden', 'People of a branch name a partner, campaign or merchant of theirs in a report')
}

/** By how the method and the path begin; the longest that fits. Whatever stands nowhere here is open to head office alone. */
const RULES: Readonly<Record<string, Rule>> = {
  'GET /v1/transactions': 'shared',
  'GET /v1/transactions/:serial': bySerial('transaction'),
  'GET /v1/routes/:serial': bySerial('route'),
  'GET /v1/campaigns': 'shared',
  'POST /v1/campaigns/check': 'shared',
  'POST /v1/campaigns/from-template': (parts) => named('campaign', bodyOf(parts)['code']),
  '* /v1/campaigns/:code': byCode('campaign'),
  'POST /v1/campaigns/:code/copy': (parts) => [
    ...named('campaign', parts.params['code']),
    ...named('campaign', bodyOf(parts)['code']),
  ],
  'POST /v1/evaluations': (parts) => named('merchant', within(bodyOf(parts)['payment'], 'merchant')),
  '* /v1/rule-templates': 'shared',
  'GET /v1/rule-templates/:code/campaigns': 'house',
  '* /v1/backtests/:id': byId('backtest'),
  'GET /v1/merchants': 'shared',
  'PUT /v1/merchants/:id': withBranch(byId('merchant')),
  '* /v1/merchants/:id': byId('merchant'),
  'GET /v1/merchant-groups': 'shared',
  '* /v1/merchant-groups/:code': byCode('merchant_group'),
  '* /v1/card-groups': 'shared',
  '* /v1/customer-groups': 'shared',
  '* /v1/imports/:id': byId('import'),
  'GET /v1/search': 'shared',
  'GET /v1/partners': 'shared',
  'GET /v1/funding-warnings': 'shared',
  '* /v1/partners/:code': byCode('partner'),
  'GET /v1/partner-cycles': 'shared',
  'POST /v1/partner-cycles': (parts) => named('partner', bodyOf(parts)['partner']),
  '* /v1/partner-cycles/:id': byId('cycle'),
  'GET /v1/cases': 'shared',
  '* /v1/cases/:id': byId('case'),
  'GET /v1/reports': 'shared',
  'GET /v1/reports/:kind': (parts) => aboutReport(parts.query),
  'POST /v1/report-runs': (parts) => aboutReport(bodyOf(parts)['parameters']),
  '* /v1/report-runs/:id': byId('report_run'),
  // A link opens for whoever has asked for it.
  'GET /v1/report-files': 'shared',
  // Each looks at the branch of what it shows.
  'GET /v1/approvals': 'shared',
  'GET /v1/audit': 'shared',
  'GET /v1/proposals': 'shared',
  '* /v1/proposals/:id': byId('proposal'),
  'POST /v1/decision-proofs': 'shared',
  'GET /v1/branches': 'shared',
  'GET /v1/roles': 'shared',
  'GET /v1/approval-policies': 'shared',
  '* /v1/delegations': 'shared',
  'GET /v1/persons': 'shared',
  'POST /v1/persons': (parts) => named('branch', bodyOf(parts)['branch'] ?? 'head-office'),
  'PUT /v1/persons/:id': withBranch(byId('person')),
  '* /v1/persons/:id': byId('person'),
}

const PLACES = Object.keys(RULES).sort((a, b) => b.split(' ')[1]!.length - a.split(' ')[1]!.length || (a < b ? 1 : -1))

export function ruleOf({ method, path }: { method: string; path: string }): Rule {
  const place = PLACES.find((one) => {
    const [how, begins] = one.split(' ') as [string, string]
    return (how === '*' || how === method) && (path === begins || path.startsWith(`${begins}/`))
  })
  return place === undefined ? 'house' : RULES[place]!
}

export const namedBy = (rule: Rule, parts: Parts): Named[] => {
  if (rule === 'house')
    throw new LijianError('forbidden', 'This is about the whole institution: it is open to people of head office')
  if (rule === 'shared') return []
  const all = rule(parts)
  return all.filter((one, i) => all.findIndex((other) => isDeepStrictEqual(one, other)) === i)
}
