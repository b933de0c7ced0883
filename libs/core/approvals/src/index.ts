// Two people for what moves money, rights, rules or routes: one proposes, another approves what was shown.
export { proposalAnswerOf } from './answers'
export { ApprovalDesk } from './desk'
export { proposeDocument, type WantedDocument } from './documents'
export { rightsOf, type Asking, type Rights } from './rights'
export type { Proposal, ProposalKind, ProposalKinds, ProposalState } from './kinds'
export { mayDecide } from './may'
export { lockSubject } from './lock-subject'
export { openProposalsByKind } from './open-proposals'
export { Proposals, type ProposalQuery } from './proposals'
export { approvalSnapshot } from './tell'
export { branchOfCase, mustBeSeen, seenBranches, type OwnedKind } from './whose'
export { HEAD_OFFICE, mustBeTwoPeople, sees, whoIs, type Who } from './who'
// One stops, two resume.
export {
  liftRef,
  resumeKind,
  resumeRef,
  suspendRef,
  suspensionOf,
  suspensionsUnder,
  type SuspensionRow,
} from './suspend-ref'
