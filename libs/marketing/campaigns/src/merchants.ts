import { LijianError } from '@lijian/contracts/system'
import type { Merchant } from '@lijian/contracts/marketing'
import { MerchantEntity } from '@lijian/database'
import type { DataSource } from 'typeorm'
import { recordChange } from '@lijian/live-config'

export class Merchants {
  constructor(private readonly source: DataSource) {}

  put(document: Merchant, actor: string): Promise<Merchant> {
    return this.source.transaction(async (manager) => {
      await manager.upsert(MerchantEntity, { id: document.id, document, updatedBy: actor, updatedAt: () => 'now()' }, [
        'id',
      ])
      await recordChange(manager, 'merchant', document.id)
      return document
    })
  }

  async read(id: string): Promise<Merchant> {
    const row = await this.source.manager.findOneBy(MerchantEntity, { id })
    if (!row) throw new LijianError('not_found', `There is no merchant ${id}`)
    return row.document
  }
}
