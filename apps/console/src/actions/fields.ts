import type { Field, Subject } from '../kit/define-action'
import { words } from '../texts'

export const reason = { name: 'reason', kind: 'long', needed: true } as const
export const evidence = {
  name: 'evidence',
  kind: 'text',
  needed: true,
  hint: words(
    '存放凭证的位置，例如 receipts/2026/11/0001.pdf',
    'Where the proof is kept, such as receipts/2026/11/0001.pdf',
  ),
} as const
export const amount = { name: 'amount', kind: 'money', needed: true } as const
export const valueDate = { name: 'valueDate', kind: 'date', needed: true } as const
export const bankReference = {
  name: 'bankReference',
  kind: 'text',
  needed: true,
  hint: words('每笔流水只入账一次', 'Each transfer is booked once'),
} as const
export const branch = {
  name: 'branch',
  kind: 'choice',
  optionsFrom: { from: '/v1/branches', rows: 'branches', value: 'code', name: 'name' },
} as const satisfies Field
export const CODE_HINT = words('1 至 64 位字母、数字和 . _ -', '1 to 64 letters, digits and . _ -')
export const code = { name: 'code', kind: 'text', at: 'path', needed: true, hint: CODE_HINT } as const
export const byCode = ({ code: one }: Subject) => ({ code: one })
export const byId = ({ id }: Subject) => ({ id })

/** Some keys of an answer: what a request has of it. */
export const only =
  (...keys: string[]) =>
  (subject: Subject): Subject =>
    Object.fromEntries(Object.entries(subject).filter(([key, value]) => keys.includes(key) && value !== undefined))
