import type { PaymentResult } from '@lijian/client'
import { clearingWorkflowId } from '@lijian/workflow-clearing-day'
import { approvalWorkflowId } from '@lijian/workflow-approval'
import { payment, type Make } from './twice-house'

const stateOf = ({ state }: { state: string }) => state

const queries: Make[] = [
  {},
  {
    card: { token: 'wallet-card-of-six', bin: '622202', last4: '0128' },
    customer: 'c-1',
    identities: { phone: '13800000000' },
  },
  { amount: 9_999 },
].map(
  (change) => async (house, id) => house.both((door) => door.query({ ...payment(id), deadlineMs: 10_000, ...change })),
)

const results: Make[] = [
  { outcome: 'success', paid: 8500, upstreamSerial: 'U' },
  { outcome: 'failure' },
  { outcome: 'success', paid: 10_000 },
].map((result) => async (house, id) => {
  await house.hold(id)
  return house.both((door) => door.result(id, result as PaymentResult))
})

const reversals: Make[] = (['reversal', 'void'] as const).flatMap((kind): Make[] => [
  async (house, id) => {
    await house.pay(id)
    return house.both((door) => door[kind](id, `${id}-R`))
  },
  async (house, id) => {
    await house.hold(id)
    return house.both((door) => door[kind](id, `${id}-R`))
  },
  // Nothing is held: refused over both doors.
  async (house, id) => house.both((door) => door[kind](id, `${id}-R`)),
])

const deciding =
  (decision: 'approve' | 'reject', more: object): Make =>
  async (house, id) => {
    const { id: proposal, hash, kind } = await house.proposal(id)
    return {
      temporal: await house.people(approvalWorkflowId(proposal, kind), 'checker', {
        ...{ update: 'partner-funding.decide', subject: proposal, argument: { hash, decision, ...more } },
      }),
      http: () => house.ask('checker', 'POST', `/v1/proposals/${proposal}/${decision}`, { hash, ...more }),
      ...{ told: stateOf, mayEnd: true as const },
    }
  }

const reviewing =
  (decision: 'approve' | 'reject', more: object): Make =>
  async (house) => {
    const { id, workflowId, hash } = await house.explainedCardCase()
    const body = { hash, ...(decision === 'approve' ? {} : more) }
    return {
      temporal: await house.people(workflowId, 'checker', {
        ...{ update: 'card-usage-case.decide', subject: id, argument: { decision, ...more } },
      }),
      http: () => house.ask('checker', 'POST', `/v1/card-usage-cases/${id}/${decision}`, body),
      ...{ told: stateOf, mayEnd: true as const },
    }
  }

const acknowledging =
  (by: 'finance' | 'checker', outcome: 'accepted' | 'refused', more: object): Make =>
  async (house) => {
    const { id, date } = await house.clearingFile()
    const body = { outcome, ...more }
    const decided = { update: 'clearing-day.acknowledge', subject: id, argument: body }
    const temporal = await house.people(clearingWorkflowId(date), by, decided, { fileId: id })
    return {
      temporal,
      http: () => house.ask(by, 'POST', `/v1/clearing-files/${id}/acknowledgement`, body),
      // What a person says waits: the number of its proposal, of the answer over HTTP its own.
      told: (answer: { files?: { id: number; state: string }[]; state: string; id?: number; proposal?: number }) =>
        answer.proposal ??
        (answer.state === 'proposed' ? answer.id : undefined) ??
        answer.files?.find((file) => file.id === id)?.state ??
        answer.state,
      mayEnd: true,
      // The whole run: it may be settled by the time of the next answer.
      goesOn: true,
    }
  }

/** By flow and update. */
export const ASKS: Record<string, readonly Make[]> = {
  'transaction.query': queries,
  'transaction.confirm': [
    ...results,
    async (house, id) => house.both((door) => door.result(id, { outcome: 'success', paid: 10_000 })),
  ],
  'reversal.reverse': reversals,
  'approval.decide': [deciding('approve', {}), deciding('reject', { reason: 'no' })],
  'partner-cycle.confirm': [
    async (house, partner) => {
      const { id, workflowId } = await house.cycle(partner)
      return {
        temporal: await house.people(workflowId, 'checker', {
          update: 'partner-cycle.confirm',
          subject: id,
          argument: {},
        }),
        http: () => house.ask('checker', 'POST', `/v1/partner-cycles/${id}/confirm`),
        told: stateOf,
      }
    },
  ],
  'partner-cycle.dispute': [
    async (house, partner) => {
      const { id, workflowId } = await house.cycle(partner)
      const body = { rows: [{ serial: `${partner}-S`, amount: 50, reason: 'no' }] }
      return {
        temporal: await house.people(workflowId, 'checker', {
          update: 'partner-cycle.dispute',
          subject: id,
          argument: body,
        }),
        http: () => house.ask('checker', 'POST', `/v1/partner-cycles/${id}/dispute`, body),
        told: stateOf,
      }
    },
  ],
  'card-usage-case.explain': [
    async (house) => {
      const { id, workflowId } = await house.cardCase()
      const body = { file: 'oss://1.pdf' }
      return {
        temporal: await house.people(workflowId, 'maker', {
          update: 'card-usage-case.explain',
          subject: id,
          argument: body,
        }),
        http: () => house.ask('maker', 'POST', `/v1/card-usage-cases/${id}/explanation`, body),
        told: stateOf,
      }
    },
  ],
  'card-usage-case.decide': [
    reviewing('approve', {}),
    reviewing('reject', { reason: 'no' }),
    reviewing('reject', { reason: 'no', keepSuspended: true }),
  ],
  'clearing-day.acknowledge': [
    acknowledging('finance', 'accepted', {}),
    acknowledging('finance', 'refused', { reasons: [{ row: 1, code: 'E', message: 'no' }] }),
    acknowledging('checker', 'accepted', {}),
    acknowledging('checker', 'refused', { reasons: [{ row: 1, code: 'E', message: 'no' }] }),
  ],
}
