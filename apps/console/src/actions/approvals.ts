import { defineAction } from '../kit/define-action'
import { words } from '../texts'
import { byId } from './fields'

export const approvalActions = [
  defineAction({
    operation: 'withdrawProposal',
    title: words('撤回', 'Withdraw'),
    list: '/approvals',
    at: 'record',
    isDangerous: true,
    effect: words('撤回后不能再审核，可重新提交。', 'Nobody decides it then; it may be handed in again.'),
    path: byId,
    shows: ({ state, may }) => state === 'proposed' && (may as { not?: string } | undefined)?.not === 'own',
  }),
  defineAction({
    operation: 'makeDelegation',
    title: words('申请代审', 'Name a stand-in'),
    list: '/delegations',
    at: 'new',
    effect: words(
      '请假期间由代审人替您审核；须他人批准。',
      'While you are away the other person decides for you. Somebody approves it first.',
    ),
    fields: [
      {
        name: 'standsIn',
        kind: 'text',
        needed: true,
        hint: words('代审人的人员编号', 'Id of the person who stands in'),
      },
      { name: 'from', kind: 'instant', needed: true },
      { name: 'until', kind: 'instant', needed: true, label: words('结束', 'Until') },
    ],
  }),
  defineAction({
    operation: 'endDelegation',
    title: words('结束', 'End'),
    list: '/delegations',
    at: 'record',
    path: byId,
    shows: ({ endedAt }) => endedAt === undefined,
  }),
]
