import { lockSubject, type Proposals } from '@lijian/approvals'
import type { CopyRequest } from '@lijian/contracts/marketing'
import { canonicalJson, LijianError } from '@lijian/contracts/system'
import { CampaignEntity, CampaignVersionEntity, clientOf } from '@lijian/database'
import { recordChange } from '@lijian/live-config'
import type { EntityManager } from 'typeorm'
import { CAMPAIGN, proposeVersion } from './campaign-kind'
import { lockCampaign, noCampaign } from './campaign-rows'

/** Stores the first version of a copy. Sent again it changes nothing, also when the original has gone on meanwhile. */
export async function copyCampaign(
  manager: EntityManager,
  code: string,
  request: CopyRequest,
  { actor, branch, proposals }: { actor: string; branch?: string | undefined; proposals: Proposals },
): Promise<void> {
  const db = await clientOf(manager)
  await lockSubject(db, CAMPAIGN, request.code)
  const original = await manager.findOneBy(CampaignEntity, { code })
  if (!original) throw noCampaign(code)
  const { raw } = await manager
    .createQueryBuilder()
    .insert()
    .into(CampaignEntity)
    .values({ code: request.code, latestVersion: 0, branch: branch ?? original.branch })
    .orIgnore()
    .returning('code')
    .execute()
  const copy = await lockCampaign(manager, request.code)
  const isNew = (raw as unknown[]).length > 0
  const version = request.version ?? (isNew ? original.latestVersion : (copy.copiedVersion ?? original.latestVersion))
  const document = await documentOf(manager, { code, version }, request)
  if (!isNew) return mustBeThisCopy(manager, copy, { code, version, document })
  const first = { code: request.code, version: 1 }
  await manager.insert(CampaignVersionEntity, { ...first, document, state: 'not_approved', maker: actor })
  await manager.update(
    CampaignEntity,
    { code: request.code },
    { latestVersion: 1, copiedFrom: code, copiedVersion: version },
  )
  await proposeVersion(proposals, db, { ...first, document, actor })
  await recordChange(manager, 'campaign', request.code)
}

async function documentOf(
  manager: EntityManager,
  { code, version }: { code: string; version: number },
  request: CopyRequest,
): Promise<CampaignVersionEntity['document']> {
  const row = await manager.findOneBy(CampaignVersionEntity, { code, version })
  if (!row) throw new LijianError('not_found', `Campaign ${code} has no version ${version}`)
  return { ...row.document, code: request.code, name: request.name ?? row.document.name }
}

async function mustBeThisCopy(
  manager: EntityManager,
  { code, copiedFrom, copiedVersion }: CampaignEntity,
  of: { code: string; version: number; document: CampaignVersionEntity['document'] },
): Promise<void> {
  const first = await manager.findOneBy(CampaignVersionEntity, { code, version: 1 })
  const isSame =
    copiedFrom === of.code &&
    copiedVersion === of.version &&
    first !== null &&
    canonicalJson(first.document) === canonicalJson(of.document)
  if (!isSame) throw new LijianError('state_conflict', `There is a campaign ${code} already: copy to another code`)
}
