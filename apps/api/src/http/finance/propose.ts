import { proposalAnswerOf } from '@lijian/approvals'
import type { ProposalKindName } from '@lijian/contracts/finance'
import type { Principal } from '@lijian/identity'
import type { FinanceWing } from './wing'

/** What is entered waits for another person. */
export const propose = async (
  { proposals }: Pick<FinanceWing, 'proposals'>,
  kind: ProposalKindName,
  subject: string,
  { principal, body }: { principal: Principal; body: object },
) => proposalAnswerOf(await proposals.propose(kind, subject, body, principal.keyId))
