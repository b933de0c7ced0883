// Two people for what moves money: one proposes, another approves.
export { openProposalsByKind } from './open-proposals'
export { Proposals, type Proposal, type ProposalKind, type ProposalQuery } from './proposals'
export { mustBeTwoPeople } from './two-people'
// One stops, two resume.
export { liftRef, resumeRef, suspendRef, suspensionOf, suspensionsUnder, type SuspensionRow } from './suspend-ref'
