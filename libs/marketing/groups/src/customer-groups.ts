import { LijianError, type WordQuery } from '@lijian/contracts/system'
import type { CustomerGroupAnswer, CustomerGroupPage, CustomerGroupRequest } from '@lijian/contracts/marketing'
import { CustomerGroupEntity } from '@lijian/database'
import { fingerprintsOf } from '@lijian/rules'
import type { DataSource, EntityManager } from 'typeorm'
import { recordChange } from '@lijian/live-config'
import { groupLineOf, listGroups } from './group-list'
import { hasMembers, lockGroup, replaceMembers } from './group-members'

/** Customers of whom something is known beforehand, as tokens: the edge has made them. */
export class CustomerGroups {
  constructor(private readonly source: DataSource) {}

  /** Members that are left out stay as they are. What says what is stored changes nothing. */
  put({ code, name, customers }: CustomerGroupRequest, actor: string): Promise<CustomerGroupAnswer> {
    const words = customers && fingerprintsOf(customers)
    return this.source.transaction(async (manager) => {
      const { row, made } = await lockGroup(manager, 'customer_group', code, actor)
      const isSame =
        !made &&
        row.name === (name ?? null) &&
        (words === undefined || (await hasMembers(manager, 'customer_group', row, words)))
      if (isSame) return readGroup(manager, code)
      const changed = { name: name ?? null, updatedBy: actor, updatedAt: () => 'now()' }
      await manager.update(CustomerGroupEntity, { code }, changed)
      if (words !== undefined) await replaceMembers(manager, 'customer_group', row, words)
      await recordChange(manager, 'customer_group', code)
      return readGroup(manager, code)
    })
  }

  async list(query: WordQuery): Promise<CustomerGroupPage> {
    const { rows, next } = await listGroups(this.source, { table: 'customer_group', bins: '0' }, query)
    return { groups: rows.map((row) => groupLineOf(row)), next }
  }

  read(code: string): Promise<CustomerGroupAnswer> {
    return readGroup(this.source.manager, code)
  }
}

async function readGroup(manager: EntityManager, code: string): Promise<CustomerGroupAnswer> {
  const row = await manager.findOneBy(CustomerGroupEntity, { code })
  if (!row) throw new LijianError('not_found', `There is no customer group ${code}`)
  const { name, memberCount, updatedAt } = row
  return { code, name: name ?? undefined, customerCount: memberCount, updatedAt: updatedAt.toISOString() }
}
