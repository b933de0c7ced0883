import { defineAction, type Subject } from '../kit/define-action'
import { words } from '../texts'
import { byId } from './fields'

const at = { list: '/partner-cycles', at: 'record', path: byId } as const
const isIssued = ({ state }: Subject) =>
  state === 'issued' || state === 'disputed' ? undefined : words('账单已确认。', 'The statement is confirmed.')

export const cycleActions = [
  defineAction({
    operation: 'issuePartnerCycle',
    title: words('活动提前结束：出账单', 'Issue early'),
    list: '/partner-cycles',
    at: 'new',
    fields: [
      {
        name: 'partner',
        kind: 'choice',
        needed: true,
        optionsFrom: { from: '/v1/partners', rows: 'partners', value: 'code', name: 'name' },
      },
      { name: 'campaign', kind: 'text', needed: true },
    ],
  }),
  defineAction({ ...at, operation: 'confirmPartnerCycle', title: words('确认账单', 'Confirm'), not: isIssued }),
  defineAction({
    ...at,
    operation: 'disputePartnerCycle',
    title: words('提出争议', 'Dispute'),
    fields: [
      {
        name: 'rows',
        kind: 'json',
        needed: true,
        label: words('有争议的行（JSON，金额以分计）', 'Rows in dispute (JSON, amounts in fen)'),
        hint: words('例如 [{"serial": "T1", "amount": 1500, "reason": "未收到"}]', 'Such as [{"serial": "T1", "amount": 1500, "reason": "not received"}]'), // prettier-ignore
      },
    ],
    not: isIssued,
  }),
]
