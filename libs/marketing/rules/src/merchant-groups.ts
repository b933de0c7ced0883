import { IdTable } from './id-table'

export interface MerchantGroupMembers {
  code: string
  merchants: readonly string[]
}

/** Members of some groups that are being read; nobody sees them before `apply`. */
export interface MerchantGroupsChange {
  add(code: string, merchants: readonly string[]): void
  /** From here on each of these groups has its new members, all of them at once. */
  apply(): void
}

const NONE: readonly number[] = []

/**
 * Which merchants belong to which groups: one look in a table, however many groups there are and however many members they have. Merchants
 * of the same groups share one combination; an index of offers keeps what it finds for a combination.
 */
export class MerchantGroups {
  private readonly ids = new IdTable()
  /** The combination of the merchant at each place; those beyond its end are in no group. */
  private combinations: Uint32Array = new Uint32Array(0)
  private readonly numbers = new Map<string, number>()
  /** Groups of each combination, ascending. */
  private readonly sets: (readonly number[])[] = [NONE]
  private readonly bySet = new Map<string, number>([['', 0]])

  static of(groups: readonly MerchantGroupMembers[]): MerchantGroups {
    const all = new MerchantGroups()
    const change = all.change(groups.map(({ code }) => code))
    for (const { code, merchants } of groups) change.add(code, merchants)
    change.apply()
    return all
  }

  /** The group's number; one that nobody is in (yet) has one too. */
  number(code: string): number {
    let number = this.numbers.get(code)
    if (number === undefined) this.numbers.set(code, (number = this.numbers.size))
    return number
  }

  /** 0: in no group. What a combination stands for never changes. */
  combinationOf(merchant: string): number {
    const place = this.ids.find(merchant)
    return place < 0 ? 0 : (this.combinations[place] ?? 0)
  }

  /** Numbers of the groups. */
  groupsIn(combination: number): readonly number[] {
    return this.sets[combination] ?? NONE
  }

  has(merchant: string, number: number): boolean {
    const combination = this.combinationOf(merchant)
    return combination !== 0 && this.sets[combination]!.includes(number)
  }

  /** Codes of the groups that a merchant is in. */
  codesOf(merchant: string): string[] {
    const numbers = new Set(this.groupsIn(this.combinationOf(merchant)))
    return numbers.size === 0 ? [] : [...this.numbers].flatMap(([code, number]) => (numbers.has(number) ? [code] : []))
  }

  /** These groups get other members: those that are added until it is applied. */
  change(codes: readonly string[]): MerchantGroupsChange {
    const numbers = new Map(codes.map((code) => [code, this.number(code)]))
    let next = this.without(new Set(numbers.values()))
    return {
      add: (code, merchants) => {
        const number = numbers.get(code)!
        const joined = new Map<number, number>()
        for (const merchant of merchants) {
          const place = this.ids.add(merchant)
          if (place >= next.length) next = grown(next, place)
          const before = next[place]!
          let after = joined.get(before)
          if (after === undefined) joined.set(before, (after = this.joined(before, number)))
          next[place] = after
        }
      },
      apply: () => {
        this.combinations = next
      },
    }
  }

  /** The combinations as they are, without these groups. */
  private without(numbers: ReadonlySet<number>): Uint32Array {
    const next = this.combinations.slice()
    const left = new Map<number, number>()
    for (let place = 0; place < next.length; place++) {
      const before = next[place]!
      if (before === 0) continue
      let after = left.get(before)
      if (after === undefined)
        left.set(before, (after = this.combination(this.sets[before]!.filter((number) => !numbers.has(number)))))
      next[place] = after
    }
    return next
  }

  private joined(combination: number, number: number): number {
    const set = this.sets[combination]!
    return set.includes(number) ? combination : this.combination([...set, number].sort((a, b) => a - b))
  }

  private combination(set: readonly number[]): number {
    const key = set.join()
    let combination = this.bySet.get(key)
    if (combination === undefined) this.bySet.set(key, (combination = this.sets.push(set) - 1))
    return combination
  }
}

function grown(combinations: Uint32Array, place: number): Uint32Array {
  const larger = new Uint32Array(Math.max(1024, 2 * place))
  larger.set(combinations)
  return larger
}
