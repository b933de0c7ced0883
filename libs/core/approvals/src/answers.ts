import { approvalKindSpec, changesOf, type ProposalAnswer } from '@lijian/contracts/people'
import type { Proposal } from './kinds'

/** As the doors show it: with what differs in business words. */
export function proposalAnswerOf(proposal: Proposal): ProposalAnswer {
  const { before, body, amountFen, makerPerson, expiresAt, checker, checkedAt, reason, ...rest } = proposal
  const { en, zh } = approvalKindSpec(proposal.kind) ?? { en: proposal.kind, zh: proposal.kind }
  return {
    ...rest,
    title: { en, zh },
    before: before ?? null,
    body: body as Record<string, unknown>,
    changes: changesOf(before, body),
    ...(amountFen === null ? {} : { amountFen }),
    ...(makerPerson === null ? {} : { makerPerson }),
    ...(expiresAt === null ? {} : { expiresAt }),
    ...(checker === null ? {} : { checker }),
    ...(checkedAt === null ? {} : { checkedAt }),
    ...(reason === null ? {} : { reason }),
  }
}
