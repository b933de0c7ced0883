/** A key with the name that people know it by, and the date (UTC) from which it is used; absent: it always was. */
export interface NamedKey {
  id: string
  key: Buffer
  from?: string
}

const fromMs = ({ from }: NamedKey): number => (from === undefined ? 1 : Date.parse(from))

/** Keys of one purpose. The newest whose date has come is the current one; of keys without a date that is the first. */
export class KeyList {
  private readonly newestFirst: readonly NamedKey[]

  constructor(
    readonly keys: readonly NamedKey[],
    private readonly now: () => number,
  ) {
    if (keys.length === 0) throw new RangeError('a list of keys has at least one')
    // Stable: of keys of one date the first stays first.
    this.newestFirst = [...keys].sort((a, b) => fromMs(b) - fromMs(a))
  }

  /** Where no key's date has come the oldest must do. */
  get current(): NamedKey {
    const now = this.now()
    return this.newestFirst.find((key) => fromMs(key) <= now) ?? this.newestFirst.at(-1)!
  }

  /** Those that were current before it, the last of them first. */
  get earlier(): readonly NamedKey[] {
    return this.newestFirst.length === 1 ? [] : this.newestFirst.slice(this.newestFirst.indexOf(this.current) + 1)
  }

  find(id: string): NamedKey | undefined {
    return this.keys.find((key) => key.id === id)
  }
}
