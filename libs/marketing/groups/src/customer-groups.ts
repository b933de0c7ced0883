import { LijianError, type WordQuery } from '@lijian/contracts/system'
import type { CustomerGroupAnswer, CustomerGroupPage, CustomerGroupRequest } from '@lijian/contracts/marketing'
import type { ProposalAnswer } from '@lijian/contracts/people'
import { CustomerGroupEntity } from '@lijian/database'
import { fingerprintsOf } from '@lijian/rules'
import type { DataSource, EntityManager } from 'typeorm'
import { groupLineOf, listGroups } from './group-list'
import type { MemberChanges } from './member-change'

/** Customers of whom something is known beforehand, as tokens: the edge has made them. */
export class CustomerGroups {
  constructor(
    private readonly source: DataSource,
    private readonly changes: MemberChanges,
  ) {}

  /** As of card groups. */
  put({ code, name, customers }: CustomerGroupRequest, actor: string): Promise<CustomerGroupAnswer | ProposalAnswer> {
    const ask = { code, name, words: customers && fingerprintsOf(customers) }
    return this.source.transaction(
      async (manager) => (await this.changes.put(manager, 'customer_group', ask, actor)) ?? readGroup(manager, code),
    )
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
