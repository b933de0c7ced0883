import { LijianError } from '@lijian/contracts/system'
import { CampaignEntity } from '@lijian/database'
import type { EntityManager } from 'typeorm'

/** Everything that changes a campaign, its versions or its suspensions holds this row: one change after another. */
export async function lockCampaign(manager: EntityManager, code: string): Promise<CampaignEntity> {
  const campaign = await manager.findOne(CampaignEntity, { where: { code }, lock: { mode: 'pessimistic_write' } })
  if (!campaign) throw noCampaign(code)
  return campaign
}

export const noCampaign = (code: string) => new LijianError('not_found', `There is no campaign ${code}`)

export const noOffer = (code: string, offer: string) =>
  new LijianError('not_found', `Campaign ${code} has no offer ${offer}`)
