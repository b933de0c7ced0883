export { Proposals, type Proposal, type ProposalKind, type ProposalQuery } from './proposals'
export { liftRef, resumeRef, suspendRef, suspensionsUnder } from './suspend-ref'
