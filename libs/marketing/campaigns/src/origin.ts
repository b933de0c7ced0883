import type { CampaignOrigin } from '@lijian/contracts/marketing'
import { canonicalJson } from '@lijian/contracts/system'
import { CampaignOriginEntity } from '@lijian/database'
import type { EntityManager } from 'typeorm'

/** The template that a version was made from, with the parameters of then. */
export async function originOf(
  manager: EntityManager,
  code: string,
  version: number,
): Promise<CampaignOrigin | undefined> {
  const row = await manager.findOneBy(CampaignOriginEntity, { code, version })
  return row ? { template: row.template, version: row.templateVersion, parameters: row.parameters } : undefined
}

/** The same document of another template is a version of its own: the origin of a version never changes. Sent by hand it is the same version. */
export async function isFromElsewhere(
  manager: EntityManager,
  { code, version }: { code: string; version: number },
  origin: CampaignOrigin | undefined,
): Promise<boolean> {
  if (origin === undefined) return false
  return canonicalJson((await originOf(manager, code, version)) ?? null) !== canonicalJson(origin)
}

export async function rememberOrigin(
  manager: EntityManager,
  code: string,
  version: number,
  { template, version: templateVersion, parameters }: CampaignOrigin,
): Promise<void> {
  await manager.insert(CampaignOriginEntity, { code, version, template, templateVersion, parameters })
}
