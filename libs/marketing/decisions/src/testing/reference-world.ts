import type { Campaign, CardGroup, CustomerGroup } from '@lijian/contracts/marketing'

/** What the reference knows besides the payment. */
export interface World {
  campaigns: Campaign[]
  cardGroups: CardGroup[]
  customerGroups: CustomerGroup[]
  version: number
  key: Buffer
  groupOrder: string[]
}
