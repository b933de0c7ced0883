export { Evaluation, type EvaluationInput } from './evaluation'
export { fitOffer, grantOffers, type Gate, type GrantedOfferCharges, type Granting } from './grant'
