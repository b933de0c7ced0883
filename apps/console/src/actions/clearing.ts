import { defineAction, type Subject } from '../kit/define-action'
import { words } from '../texts'
import { byId, reason } from './fields'

const file = { list: '/clearing-files', at: 'record', path: byId } as const

export const clearingActions = [
  defineAction({
    operation: 'openClearingRun',
    title: words('清算某日', 'Clear a date'),
    list: '/clearing-runs',
    at: 'new',
    effect: words(
      '已结束的日期立即清算；提前日终须他人审核，之后的交易计入下一日。',
      'A date that is over is cleared at once. An early close waits for another person; what comes then belongs to the next date.',
    ),
    fields: [
      { name: 'date', kind: 'date', needed: true, label: words('业务日期', 'Business date') },
      { name: 'early', kind: 'yes', label: words('提前日终', 'Close it early') },
    ],
  }),
  defineAction({
    ...file,
    operation: 'acknowledgeClearingFile',
    title: words('手工确认', 'Acknowledge'),
    fields: [
      {
        name: 'outcome',
        kind: 'choice',
        needed: true,
        label: words('清算方的答复', 'Answer of the clearing system'),
        options: [
          { value: 'accepted', label: words('已接收', 'Accepted') },
          { value: 'refused', label: words('已退回', 'Refused') },
        ],
      },
      {
        name: 'sha256',
        kind: 'text',
        label: words('对方收到文件的 SHA-256', 'SHA-256 of the file as it was received'),
      },
      {
        name: 'reasons',
        kind: 'json',
        label: words('退回原因（JSON）', 'Reasons (JSON)'),
        hint: words('例如 [{"row": 3, "message": "金额不符"}]', 'Such as [{"row": 3, "message": "amount differs"}]'),
        when: ({ outcome }) => outcome === 'refused',
      },
    ],
    not: ({ state }: Subject) =>
      state === 'published' ? undefined : words('只确认已发布的文件。', 'Only a published file is acknowledged.'),
  }),
  defineAction({
    ...file,
    operation: 'replaceClearingFile',
    title: words('重出文件', 'Replace'),
    fields: [reason],
    not: ({ state }: Subject) =>
      state === 'acknowledged' || state === 'replaced'
        ? words('已接收或已被替换的文件不重出。', 'A file that was accepted or replaced stays.')
        : undefined,
  }),
]
