import type { Campaign, CardGroup, CustomerGroup, MerchantGroup } from '@lijian/contracts/marketing'

/** What the reference knows besides the payment. */
export interface World {
  campaigns: Campaign[]
  cardGroups: CardGroup[]
  customerGroups: CustomerGroup[]
  merchantGroups: MerchantGroup[]
  version: number
  key: Buffer
  groupOrder: string[]
}
