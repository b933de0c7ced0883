export {
  canonicalJson,
  decisionProofKey,
  readDecisionProof,
  signDecision,
  type Decision,
  type DecisionProof,
} from './decision-proof'
export { isDoorCall, readDoorToken, signDoorCall, type DoorCall, type DoorToken } from './door-token'
export { KeyList, type NamedKey } from './key-list'
export { maskAccount, onlyKey, sealedWith, Sealer, UnknownKey } from './seal'
export { createPayloadCodec, payloadKeyId, type DatedKey, type PayloadCodecOptions } from './payload-codec'
export { textCodec } from './text-codec'
export { FileSigner, isSignedBy } from './file-signature'
export {
  SIGNATURE_HEADER,
  signStandardWebhook,
  signWebhook,
  verifyStandardWebhook,
  verifyWebhook,
} from './webhook-signature'
export { BinTable, parseBinRows, type BinFacts, type BinRow } from './bin-table'
export { edgeCard, type TokenCard } from './card'
export { Edge, hashOf, type EdgeQuery, type EdgeResult } from './edge'
export { groupCard, groupCustomer } from './group-member'
export { passesLuhn } from './luhn'
export { cardToken, customerToken, displayToken, IDENTITY_KINDS, identityToken, identityTokens } from './tokens'
