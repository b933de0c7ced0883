import { LijianError } from '@lijian/contracts/system'
import type { CardGroupAnswer, CardGroupRequest } from '@lijian/contracts/marketing'
import { CardGroupEntity } from '@lijian/database'
import { fingerprintsOf } from '@lijian/rules'
import type { DataSource, EntityManager } from 'typeorm'
import { recordChange } from '@lijian/live-config'
import { lockGroup, replaceMembers } from './group-members'

/** BIN prefixes and card tokens. Card numbers never come this far: the edge has made tokens of them. */
export class CardGroups {
  constructor(private readonly source: DataSource) {}

  /** Bins or cards that are left out stay as they are. */
  put({ code, name, bins, cards }: CardGroupRequest, actor: string): Promise<CardGroupAnswer> {
    return this.source.transaction(async (manager) => {
      const row = await lockGroup(manager, 'card_group', code, actor)
      await manager.update(
        CardGroupEntity,
        { code },
        {
          name: name ?? null,
          ...(bins === undefined ? {} : { bins: [...new Set(bins)] }),
          updatedBy: actor,
          updatedAt: () => 'now()',
        },
      )
      if (cards !== undefined) await replaceMembers(manager, 'card_group', row, fingerprintsOf(cards))
      await recordChange(manager, 'card_group', code)
      return readGroup(manager, code)
    })
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
