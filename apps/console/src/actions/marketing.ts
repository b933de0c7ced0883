import { defineAction } from '../kit/define-action'
import { words } from '../texts'
import { byCode, byId, CODE_HINT } from './fields'

export const marketingActions = [
  defineAction({
    operation: 'copyCampaign',
    title: words('复制', 'Copy'),
    list: '/campaigns',
    at: 'record',
    path: byCode,
    fields: [
      {
        name: 'code',
        kind: 'text',
        needed: true,
        label: words('新活动的编码', 'Code of the new one'),
        hint: CODE_HINT,
      },
      { name: 'name', kind: 'text' },
    ],
  }),
  defineAction({
    operation: 'cancelBacktest',
    title: words('停止回测', 'Stop it'),
    list: '/backtests',
    at: 'record',
    isDangerous: true,
    path: byId,
    not: ({ state }) =>
      state === 'running' || state === 'queued' || state === 'waiting_file'
        ? undefined
        : words('回测已经结束。', 'It has ended.'),
  }),
]
