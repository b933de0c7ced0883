import { LijianError, type CardGroup, type CardGroupAnswer } from '@lijian/contracts'
import { CardGroupRow } from '@lijian/persistence'
import type { DataSource, EntityManager } from 'typeorm'
import { recordChange } from './change'

/** BIN prefixes and card tokens. Card numbers never come this far: the edge has made tokens of them. */
export class CardGroups {
  constructor(private readonly source: DataSource) {}

  put({ code, name, bins, cards }: CardGroup, actor: string): Promise<CardGroupAnswer> {
    return this.source.transaction(async (manager) => {
      const row = {
        code,
        name: name ?? null,
        bins: [...new Set(bins)],
        cards: [...new Set(cards)],
        updatedBy: actor,
        updatedAt: () => 'now()',
      }
      await manager.upsert(CardGroupRow, row, ['code'])
      await recordChange(manager, 'card_group', code)
      return readGroup(manager, code)
    })
  }

  read(code: string): Promise<CardGroupAnswer> {
    return readGroup(this.source.manager, code)
  }
}

async function readGroup(manager: EntityManager, code: string): Promise<CardGroupAnswer> {
  const row = await manager.findOneBy(CardGroupRow, { code })
  if (!row) throw new LijianError('not_found', `There is no card group ${code}`)
  const { name, bins, cards, updatedAt } = row
  return { code, name: name ?? undefined, bins, cardCount: cards.length, updatedAt: updatedAt.toISOString() }
}
