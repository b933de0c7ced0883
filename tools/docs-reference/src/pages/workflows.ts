import * as clearingDay from '@lijian/workflow-clearing-day'
import * as partnerCycle from '@lijian/workflow-partner-cycle'
import * as approval from '@lijian/workflow-approval'
import * as reconciliationDay from '@lijian/workflow-reconciliation-day'
import * as reportSchedule from '@lijian/workflow-report-schedule'
import * as refund from '@lijian/workflow-refund'
import * as reversal from '@lijian/workflow-reversal'
import * as transaction from '@lijian/workflow-transaction'
import * as cardUsageCase from '@lijian/workflow-card-usage-case'
import * as erasure from '@lijian/workflow-erasure'
import * as expiry from '@lijian/workflow-expiry'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { code, codes, page, table } from '../markdown'
import { ROOT } from '../root'

type Contract = Readonly<Record<string, unknown>>

const FLOWS: Readonly<Record<string, Contract>> = {
  'marketing/transaction': transaction,
  'marketing/reversal': reversal,
  'marketing/refund': refund,
  'routing/expiry': expiry,
  'routing/card-usage-case': cardUsageCase,
  'finance/clearing-day': clearingDay,
  'finance/reconciliation-day': reconciliationDay,
  'core/approval': approval,
  'finance/partner-cycle': partnerCycle,
  'finance/report-schedule': reportSchedule,
  'finance/erasure': erasure,
}

const named = (contract: Contract, end: string): string[] =>
  Object.entries(contract).flatMap(([name, value]) => (name.endsWith(end) ? [String(value)] : []))

/** `transaction/<client>/<serial>`, said by the function that makes it. */
const idsOf = (contract: Contract, end: string): string[] =>
  Object.entries(contract).flatMap(([name, make]) => {
    if (!name.endsWith(end) || typeof make !== 'function') return []
    const [, parameters = ''] = /\(?([^()=]*?)\)?\s*(?:=>|\{)/.exec(String(make)) ?? []
    const words = parameters.split(',').map((parameter) => `<${parameter.trim()}>`)
    return [(make as (...words: string[]) => string)(...words)]
  })

/** The second paragraph of a flow's README: what it is. */
function about(flow: string): string {
  const text = readFileSync(join(ROOT, 'workflows', flow, 'README.md'), 'utf8')
  const [, first = ''] = text.split('\n\n')
  return /^[^]*?[.:](?=\s|$)/.exec(first.replaceAll('\n', ' '))?.[0].replace(/:$/, '.') ?? first
}

function foldersOfFlows(): string[] {
  const folders = (path: string) =>
    readdirSync(join(ROOT, path), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
  return folders('workflows').flatMap((wing) => folders(`workflows/${wing}`).map((flow) => `${wing}/${flow}`))
}

export function workflowsPage(): string {
  const missing = foldersOfFlows().filter((flow) => FLOWS[flow] === undefined)
  if (missing.length > 0)
    throw new Error(`tools/docs-reference/src/pages/workflows.ts does not know ${missing.join(', ')}`)
  const rows = Object.entries(FLOWS).map(([flow, contract]) => [
    `[${flow}](../../workflows/${flow}/README.md)`,
    codes(named(contract, 'WORKFLOW_TYPE')),
    codes(idsOf(contract, 'WorkflowId')),
    codes(named(contract, '_SIGNAL')),
    codes(named(contract, '_UPDATE')),
    codes(named(contract, '_QUERY')),
  ])
  const attributes = Object.values(transaction.SEARCH_ATTRIBUTES).map(({ name, type }) => [code(name), code(type)])
  return page({
    title: 'Workflows',
    about: 'Every workflow type with its ids, signals, updates and queries, and the search attributes that they set.',
    source: 'the contracts of `workflows/<wing>/<flow>` (`src/contract.ts`)',
    blocks: [
      `All of them run on one task queue, \`LIJIAN_TASK_QUEUE\` (default ${code(transaction.TASK_QUEUE)}). ` +
        'Reports have schedules with ids of their own, and a schedule adds the time to the ids of what it starts. Flows `ticks/…` hear the signals `now`, ' +
        '`suspend`, `resume` and `plan`, and answer the query `state` (decision 0085).',
      table(['Flow', 'Type', 'Id', 'Signals', 'Updates', 'Queries'], rows),
      ...Object.keys(FLOWS)
        .map((flow) => `- **${flow}**: ${about(flow)}`)
        .join('\n')
        .split('\n\n'),
      '## Search attributes',
      'The worker registers them at its start. A flow sets those that it knows; none of them is personal or encrypted.',
      table(['Name', 'Type'], attributes),
    ],
  })
}
