import { defineAction, type Subject, type Typed } from '../kit/define-action'
import { words } from '../texts'
import { byId, reason } from './fields'

const is =
  (...resolutions: string[]) =>
  ({ resolution }: Typed) =>
    resolutions.includes(String(resolution))
const isOpen = ({ state }: Subject) => state === 'open'
const waits = ({ resolutions }: Subject) =>
  Array.isArray(resolutions) && (resolutions as Subject[]).some(({ state }) => state === 'proposed')
    ? words('已有处理方案等待审核。', 'A resolution waits for another person.')
    : undefined

const at = { list: '/cases', at: 'record', path: byId } as const
const ACCOUNT_HINT = words('会计科目，见过账规则', 'An account of the chart: see the rules of postings')

export const caseActions = [
  defineAction({
    ...at,
    operation: 'proposeResolution',
    title: words('处理', 'Resolve'),
    fields: [
      {
        name: 'resolution',
        kind: 'choice',
        needed: true,
        options: [
          { value: 'accept', label: words('按现状接受', 'Accept as it stands') },
          { value: 'grant', label: words('由出资方补承担', 'The funder bears it') },
          { value: 'adjust', label: words('调账', 'Adjust: from one account to another') },
          { value: 'write_off', label: words('核销', 'Write off') },
        ],
      },
      { name: 'consent', kind: 'text', needed: true, label: words('出资方同意函编号', 'Reference of the consent'), when: is('grant') }, // prettier-ignore
      { name: 'debit', kind: 'text', needed: true, hint: ACCOUNT_HINT, when: is('adjust') },
      { name: 'credit', kind: 'text', needed: true, hint: ACCOUNT_HINT, when: is('adjust') },
      { name: 'account', kind: 'text', needed: true, hint: ACCOUNT_HINT, when: is('write_off') },
      { name: 'amount', kind: 'money', needed: true, when: is('adjust', 'write_off') },
      reason,
      { name: 'evidence', kind: 'text', hint: words('存放凭证的位置', 'Where the proof is kept') },
    ],
    shows: isOpen,
    not: waits,
  }),
  defineAction({
    ...at,
    operation: 'assignCase',
    title: words('指定负责人', 'Assign'),
    fields: [{ name: 'owner', kind: 'text', needed: true, label: words('负责人', 'Owner') }],
    stands: ({ owner }) => ({ owner }),
    shows: isOpen,
  }),
  defineAction({
    ...at,
    operation: 'assignCase',
    key: 'takeCase',
    title: words('由我负责', 'Take it'),
    beside: (_, { login, name }) => ({ owner: login ?? name }),
    shows: (subject) => isOpen(subject) && subject['owner'] === undefined,
  }),
  defineAction({
    ...at,
    operation: 'assignCase',
    key: 'leaveCase',
    title: words('放弃负责', 'Leave it to nobody'),
    beside: () => ({ owner: null }),
    shows: (subject) => isOpen(subject) && subject['owner'] !== undefined,
  }),
  defineAction({
    ...at,
    operation: 'reopenCase',
    title: words('重新打开', 'Open again'),
    fields: [reason],
    shows: (subject) => !isOpen(subject),
  }),
]
