export { Proposals, type Proposal, type ProposalKind, type ProposalQuery } from './proposals'
