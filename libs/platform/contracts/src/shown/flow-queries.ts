/** A question that operations have of the Temporal UI, as its list of workflows understands it. */
export interface FlowQuery {
  code: string
  title: { zh: string; en: string }
  query: string
}

const RUNNING = `ExecutionStatus = 'Running'`
const query = (code: string, zh: string, en: string, asked: string): FlowQuery => ({
  code,
  title: { zh, en },
  query: asked,
})
const kind = (code: string, zh: string, en: string, ...types: readonly string[]): FlowQuery =>
  query(
    code,
    zh,
    en,
    types.length === 1
      ? `WorkflowType = '${types[0]}'`
      : `WorkflowType IN (${types.map((type) => `'${type}'`).join(', ')})`,
  )

/** What is asked every day. */
export const FLOW_QUESTIONS: readonly FlowQuery[] = [
  query(
    'held',
    '占用优惠、等待结果的支付',
    'payments that hold an offer and wait for their result',
    `${RUNNING} AND WorkflowType = 'marketingTransaction' AND LijianState = 'held'`,
  ),
  query(
    'person',
    '等人处理：审核、用卡核查、账单',
    'what waits for a person: approvals, card usage, statements',
    `${RUNNING} AND (WorkflowType IN ('approval', 'partnerFunding', 'cardUsageCase') OR LijianState IN ('issued', 'disputed'))`,
  ),
  query('case', '产生差错的支付', 'payments with a case', 'LijianCase IS NOT NULL'),
  query(
    'webhook',
    '已有结果、通知未送达的支付',
    'payments that are over and whose webhook is not accepted',
    `${RUNNING} AND WorkflowType = 'marketingTransaction' AND LijianState != 'held'`,
  ),
  query(
    'failed',
    '失败或被终止的流程',
    'flows that failed or were terminated',
    `ExecutionStatus IN ('Failed', 'TimedOut', 'Terminated')`,
  ),
]

export const FLOW_KINDS: readonly FlowQuery[] = [
  kind('payments', '支付', 'payments', 'marketingTransaction'),
  kind('reverses', '冲正与撤销', 'reversals and voids', 'reverseTransaction'),
  kind('refunds', '退款', 'refunds', 'refund'),
  kind('approvals', '审核', 'approvals', 'approval', 'partnerFunding'),
  kind('card-usage', '用卡核查', 'card usage', 'cardUsageCase'),
  kind('statements', '账单', 'statements', 'partnerCycle', 'issuePartnerCycles'),
  kind('clearing', '清算', 'clearing', 'clearingDay', 'clearingDue'),
  kind('reconciliation', '对账', 'reconciliation', 'reconciliationDay', 'reconciliationDue'),
  kind('reports', '定期报表', 'scheduled reports', 'reportSchedule'),
  kind('erasures', '个人信息删除', 'erasures', 'erasure'),
  kind(
    'ticks',
    '周期任务',
    'ticks',
    'routeExpiryTicks',
    'clearingTicks',
    'cycleTicks',
    'reconciliationTicks',
    'routeExpiry',
  ),
]

/** Of a namespace in the Temporal UI: `http://127.0.0.1:8233/namespaces/default`. */
export const temporalNamespaceUrl = (ui: string, namespace: string): string =>
  `${ui.replace(/\/+$/, '')}/namespaces/${encodeURIComponent(namespace)}`

export const flowQueryUrl = (namespaceUrl: string, { query: asked }: Pick<FlowQuery, 'query'>): string =>
  `${namespaceUrl}/workflows?query=${encodeURIComponent(asked)}`

export const flowUrl = (namespaceUrl: string, workflowId: string): string =>
  `${namespaceUrl}/workflows/${encodeURIComponent(workflowId)}`
