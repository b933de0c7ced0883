import { LijianError, type WordQuery } from '@lijian/contracts/system'
import type { CardGroupAnswer, CardGroupPage, CardGroupRequest } from '@lijian/contracts/marketing'
import type { ProposalAnswer } from '@lijian/contracts/people'
import { CardGroupEntity } from '@lijian/database'
import { fingerprintsOf } from '@lijian/rules'
import type { DataSource, EntityManager } from 'typeorm'
import { groupLineOf, listGroups } from './group-list'
import type { MemberChanges } from './member-change'

/** BIN prefixes and card tokens. Card numbers never come this far: the edge has made tokens of them. */
export class CardGroups {
  constructor(
    private readonly source: DataSource,
    private readonly changes: MemberChanges,
  ) {}

  /**
   * Bins or cards that are left out stay as they are. What says what is stored changes nothing. Where a live campaign names the group, the answer is
   * what waits for another person.
   */
  put({ code, name, bins, cards }: CardGroupRequest, actor: string): Promise<CardGroupAnswer | ProposalAnswer> {
    const ask = { code, name, words: cards && fingerprintsOf(cards), bins: bins && [...new Set(bins)] }
    return this.source.transaction(
      async (manager) => (await this.changes.put(manager, 'card_group', ask, actor)) ?? readGroup(manager, code),
    )
  }

  async list(query: WordQuery): Promise<CardGroupPage> {
    const { rows, next } = await listGroups(this.source, { table: 'card_group', bins: 'cardinality(bins)' }, query)
    return { groups: rows.map((row) => ({ ...groupLineOf(row), bins: row.bins })), next }
  }

  read(code: string): Promise<CardGroupAnswer> {
    return readGroup(this.source.manager, code)
  }
}

async function readGroup(manager: EntityManager, code: string): Promise<CardGroupAnswer> {
  const row = await manager.findOneBy(CardGroupEntity, { code })
  if (!row) throw new LijianError('not_found', `There is no card group ${code}`)
  const { name, bins, memberCount, updatedAt } = row
  return { code, name: name ?? undefined, bins, cardCount: memberCount, updatedAt: updatedAt.toISOString() }
}
