import { LijianError, type WordQuery } from '@lijian/contracts/system'
import type { CardGroupAnswer, CardGroupPage, CardGroupRequest } from '@lijian/contracts/marketing'
import { CardGroupEntity } from '@lijian/database'
import { fingerprintsOf } from '@lijian/rules'
import type { DataSource, EntityManager } from 'typeorm'
import { recordChange } from '@lijian/live-config'
import { groupLineOf, listGroups } from './group-list'
import { hasMembers, lockGroup, replaceMembers } from './group-members'

/** BIN prefixes and card tokens. Card numbers never come this far: the edge has made tokens of them. */
export class CardGroups {
  constructor(private readonly source: DataSource) {}

  /** Bins or cards that are left out stay as they are. What says what is stored changes nothing. */
  put({ code, name, bins, cards }: CardGroupRequest, actor: string): Promise<CardGroupAnswer> {
    const words = cards && fingerprintsOf(cards)
    return this.source.transaction(async (manager) => {
      const { row, made } = await lockGroup(manager, 'card_group', code, actor)
      const before = row as CardGroupEntity
      const unique = bins && [...new Set(bins)]
      const isSame =
        !made &&
        before.name === (name ?? null) &&
        (unique === undefined || JSON.stringify(unique) === JSON.stringify(before.bins)) &&
        (words === undefined || (await hasMembers(manager, 'card_group', row, words)))
      if (isSame) return readGroup(manager, code)
      await manager.update(
        CardGroupEntity,
        { code },
        {
          name: name ?? null,
          ...(unique === undefined ? {} : { bins: unique }),
          updatedBy: actor,
          updatedAt: () => 'now()',
        },
      )
      if (words !== undefined) await replaceMembers(manager, 'card_group', row, words)
      await recordChange(manager, 'card_group', code)
      return readGroup(manager, code)
    })
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
