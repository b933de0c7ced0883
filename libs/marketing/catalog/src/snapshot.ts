import { hash } from 'node:crypto'
import type { SnapshotCampaign } from '@lijian/database'
import { drawKeyId, type CatalogCampaign } from '@lijian/rules'
import type { DataSource } from 'typeorm'

export interface CatalogSnapshot {
  id: string
  drawKey: string
  groups: readonly string[]
  campaigns: readonly SnapshotCampaign[]
}

/** What a catalog was compiled from, by name and version; the same content has the same id in every process. */
export function snapshotOf(
  campaigns: readonly CatalogCampaign[],
  groups: readonly string[],
  drawKey: Buffer,
): CatalogSnapshot {
  const content = {
    drawKey: drawKeyId(drawKey),
    groups,
    campaigns: campaigns
      .map(({ document: { code }, version, approved, suspended, suspendedOffers }): SnapshotCampaign => ({
        code,
        version,
        ...(approved ? {} : { approved }),
        ...(suspended ? { suspended } : {}),
        ...(suspendedOffers.length > 0 ? { suspendedOffers: [...suspendedOffers].sort() } : {}),
      }))
      .sort((a, b) => (a.code < b.code ? -1 : 1)),
  }
  return { id: hash('sha256', JSON.stringify(content), 'base64url').slice(0, 16), ...content }
}

/** Stored before the first decision names it. */
export async function keepSnapshot(source: DataSource, snapshot: CatalogSnapshot): Promise<void> {
  const { id, drawKey, groups, campaigns } = snapshot
  await source.query(
    `INSERT INTO catalog_snapshot (id, draw_key, groups, campaigns) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING`,
    [id, drawKey, groups, JSON.stringify(campaigns)],
  )
}
