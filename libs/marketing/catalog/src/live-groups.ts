import { CardGroupEntity, CustomerGroupEntity, readGroupPages, type GroupKind } from '@lijian/database'
import { readMerchantGroups } from './live-merchant-groups'
import {
  MerchantGroups,
  TokenSet,
  TokenSetBuilder,
  type CardGroupMembers,
  type CustomerGroupMembers,
  type TokenMembers,
} from '@lijian/rules'
import { In, type DataSource, type EntityManager } from 'typeorm'

const NOBODY = TokenSet.of([])

/** The members of one group as they are now: compiled offers keep it, and its set is exchanged in one assignment. */
class Members implements TokenMembers {
  /** Of what is in memory. */
  version = 0
  bins: readonly string[] = []
  set = NOBODY
  /** Offers are found by its prefixes (`binGroups`), so an index has looked whether it has tokens. */
  isIndexed = false

  get size(): number {
    return this.set.size
  }

  has(token: string): boolean {
    return this.set.has(token)
  }
}

export interface ChangedGroup {
  kind: GroupKind | 'merchant_group'
  code: string
}

interface ReadGroup {
  kind: GroupKind
  code: string
  version: number
  bins: readonly string[]
  /** Undefined: its members are those that are in memory. */
  set: TokenSet | undefined
}

/** Groups that were read and are not yet in memory. */
export interface PendingGroups {
  /** Offers were compiled with something else: with other BIN prefixes, or with no tokens where there are some now. */
  mustCompile: boolean
  apply(): void
}

/**
 * Groups of cards, customers and merchants in memory. A change reads the changed group only, page by page with others served in between, while its old
 * members serve; a million tokens take 17 MB, and as much again while they are read.
 */
export class LiveGroups {
  readonly merchants = new MerchantGroups()
  private readonly members = { card_group: new Map<string, Members>(), customer_group: new Map<string, Members>() }

  /** `changed` undefined: all of them. */
  async read(source: DataSource, changed?: readonly ChangedGroup[]): Promise<PendingGroups> {
    // One snapshot: an import that commits meanwhile is the next change.
    const { read, merchants } = await source.transaction('REPEATABLE READ', async (manager) => ({
      read: [
        ...(await this.readKind(manager, 'card_group', changed)),
        ...(await this.readKind(manager, 'customer_group', changed)),
      ],
      merchants: await readMerchantGroups(manager, this.merchants, changed),
    }))
    return {
      mustCompile: read.some((group) => this.isShapedAnew(group)),
      apply: () => {
        for (const group of read) this.put(group)
        merchants?.apply()
      },
    }
  }

  /** With a place for every group that offers name, so that one that comes later is found there. */
  cardGroups({ tested, indexed }: { tested: Iterable<string>; indexed: Iterable<string> }): CardGroupMembers[] {
    for (const code of tested) this.place('card_group', code)
    for (const code of indexed) this.place('card_group', code).isIndexed = true
    return [...this.members.card_group].map(([code, members]) => ({ code, bins: members.bins, cards: members }))
  }

  customerGroups(named: Iterable<string>): CustomerGroupMembers[] {
    for (const code of named) this.place('customer_group', code)
    return [...this.members.customer_group].map(([code, customers]) => ({ code, customers }))
  }

  private async readKind(
    manager: EntityManager,
    kind: GroupKind,
    changed: readonly ChangedGroup[] | undefined,
  ): Promise<ReadGroup[]> {
    const codes = changed?.filter((group) => group.kind === kind).map(({ code }) => code)
    if (codes?.length === 0) return []
    const rows = await manager.find<CardGroupEntity | CustomerGroupEntity>(
      kind === 'card_group' ? CardGroupEntity : CustomerGroupEntity,
      codes && { where: { code: In(codes) } },
    )
    const groups: ReadGroup[] = []
    for (const row of rows) {
      const { code, membersVersion: version } = row
      const bins = 'bins' in row ? row.bins : []
      groups.push({ kind, code, version, bins, set: await this.readSet(manager, kind, row) })
    }
    return groups
  }

  private async readSet(
    manager: EntityManager,
    kind: GroupKind,
    { code, membersVersion, memberCount }: CardGroupEntity | CustomerGroupEntity,
  ): Promise<TokenSet | undefined> {
    if ((this.members[kind].get(code)?.version ?? 0) === membersVersion) return undefined
    const builder = new TokenSetBuilder(memberCount)
    for await (const page of readGroupPages(manager, kind, code, membersVersion)) builder.append(page)
    return builder.build()
  }

  private isShapedAnew({ kind, code, bins, set }: ReadGroup): boolean {
    const before = this.members[kind].get(code)
    // No offer names it, or it would have its place.
    if (before === undefined || kind === 'customer_group') return false
    if (before.isIndexed && set !== undefined && set.size > 0 !== before.size > 0) return true
    return bins.length !== before.bins.length || bins.some((bin, i) => bin !== before.bins[i])
  }

  private put({ kind, code, version, bins, set }: ReadGroup): void {
    const members = this.place(kind, code)
    members.version = version
    members.bins = bins
    if (set !== undefined) members.set = set
  }

  private place(kind: GroupKind, code: string): Members {
    let members = this.members[kind].get(code)
    if (members === undefined) this.members[kind].set(code, (members = new Members()))
    return members
  }
}
