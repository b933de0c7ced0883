export { anyFees, anyPayment } from './any-payment'
export { anyCampaigns } from './arbitraries'
