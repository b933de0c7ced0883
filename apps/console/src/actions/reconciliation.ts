import { defineAction } from '../kit/define-action'
import { words } from '../texts'

/** Layouts that come with Lijian; of others one types the code. */
const LAYOUTS = [
  ['wechat-trade-all', '微信交易账单', 'WeChat trade bill'],
  ['wechat-fundflow', '微信资金账单', 'WeChat fund flow'],
  ['alipay-trade', '支付宝业务明细', 'Alipay trade bill'],
  ['alipay-account', '支付宝账务明细', 'Alipay account bill'],
  ['unionpay-zm', '银联 ZM', 'UnionPay ZM'],
  ['unionpay-zm-131', '银联 ZM 131', 'UnionPay ZM 131'],
  ['unionpay-zme', '银联 ZME', 'UnionPay ZME'],
  ['bank-statement', '银行流水', 'Bank statement'],
  ['lijian-list-ndjson', '交易清单 NDJSON', 'List of payments, NDJSON'],
  ['lijian-list-csv', '交易清单 CSV', 'List of payments, CSV'],
  ['lijian-acknowledgement', '清算回执', 'Acknowledgement'],
] as const

export const reconciliationActions = [
  defineAction({
    operation: 'importBill',
    title: words('导入账单', 'Import a bill'),
    list: '/bill-imports',
    at: 'new',
    file: { type: 'application/octet-stream', imports: '/v1/reconciliation/imports' },
    fields: [
      { name: 'file', kind: 'file', needed: true, label: words('文件', 'File') },
      {
        name: 'layout',
        kind: 'tags',
        most: 1,
        needed: true,
        at: 'query',
        label: words('格式', 'Layout'),
        hint: words('选择自带格式，或输入自定义格式的编码', 'One that comes with Lijian, or the code of your own'),
        options: LAYOUTS.map(([value, zh, en]) => ({ value, label: words(zh, en) })),
      },
      { name: 'date', kind: 'date', needed: true, at: 'query', label: words('业务日期', 'Business date') },
      {
        name: 'client',
        kind: 'text',
        at: 'query',
        hint: words('文件里的流水号属于哪个交易系统', 'Whose serials it has'),
      },
      { name: 'name', kind: 'text', at: 'query', label: words('文件名', 'File name') },
      { name: 'lines', kind: 'count', at: 'query', label: words('应有行数', 'Lines that it must have') },
      { name: 'amount', kind: 'money', at: 'query', label: words('应有总金额', 'To what its amounts must sum') },
    ],
  }),
  ...(['/bill-imports', '/breaks'] as const).map((list) =>
    defineAction({
      operation: 'runReconciliation',
      key: `runReconciliation${list}`,
      title: words('立即对账', 'Reconcile now'),
      list,
      at: 'new',
      fields: [
        { name: 'date', kind: 'date', needed: true, label: words('业务日期', 'Business date') },
        {
          name: 'withoutBuffer',
          kind: 'yes',
          label: words('不等缓冲期，差异立即转为差错', 'Without waiting: what differs becomes a case now'),
        },
      ],
    }),
  ),
]
