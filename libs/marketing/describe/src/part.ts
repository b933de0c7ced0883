import { both, CNY, listed, money, raw, wordOf, type Both } from './words'

/** One statement about a document, and the place that it is about. */
export interface Sentence extends Both {
  /** As errors name it: offers[0].rule.limits[1]; of the document as a whole: "". */
  path: string
}

/**
 * A part of a document, read key by key. What nobody has asked for, or what is no such thing as its key wants, is said by `rest`: so nothing is
 * dropped, in drafts with gaps either.
 */
export class Part {
  private readonly left: Set<string>
  private readonly held: Record<string, unknown>

  constructor(
    value: unknown,
    readonly path: string,
    readonly currency = CNY,
  ) {
    this.held = isObject(value) ? value : {}
    this.left = new Set(Object.keys(this.held).filter((key) => this.held[key] !== undefined))
  }

  at(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`
  }

  has(key: string): boolean {
    return this.held[key] !== undefined
  }

  text = (key: string) => this.taken(key, (value): value is string => typeof value === 'string')
  number = (key: string) => this.taken(key, (value): value is number => typeof value === 'number')
  flag = (key: string) => this.taken(key, (value): value is boolean => typeof value === 'boolean')
  list = (key: string) => this.taken(key, (value): value is unknown[] => Array.isArray(value) && value.length > 0)

  money(key: string): Both | undefined {
    const minor = this.number(key)
    return minor === undefined ? undefined : money(minor, this.currency)
  }

  /** A list that may be empty. */
  entries = (key: string) => this.taken(key, (value): value is unknown[] => Array.isArray(value))

  /** A list of codes by their words. */
  words(key: string, of: Readonly<Record<string, Both>> = {}): Both | undefined {
    const entries = this.list(key)
    return entries === undefined ? undefined : listed(entries.map((entry) => wordOf(of, entry)))
  }

  /** A word of a closed list; another one is left to `rest`. */
  choice<Word extends string>(key: string, words: readonly Word[]): Word | undefined {
    return this.taken(key, (value): value is Word => words.includes(value as Word))
  }

  part(key: string): Part | undefined {
    const value = this.taken(key, isObject)
    return value === undefined ? undefined : new Part(value, this.at(key), this.currency)
  }

  /** Entries of a list, each a part; what is no object stays unread in its part. */
  parts(key: string): Part[] {
    const entries = this.list(key) ?? []
    return entries.map((entry, i) => {
      const path = `${this.at(key)}[${i}]`
      return new Part(isObject(entry) ? entry : { value: entry }, path, this.currency)
    })
  }

  /** What nobody has asked for, plainly. */
  rest(): Sentence[] {
    return [...this.left].map((key) => {
      const value = raw(this.held[key]) || '""'
      return { path: this.at(key), zh: `另有“${key}”：${value}。`, en: `Also "${key}": ${value}.` }
    })
  }

  says(key: string, { zh, en }: Both): Sentence {
    return { path: key === '' ? this.path : this.at(key), zh, en }
  }

  private taken<Value>(key: string, is: (value: unknown) => value is Value): Value | undefined {
    const value = this.held[key]
    if (value === undefined || !is(value)) return undefined
    this.left.delete(key)
    return value
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Clauses of one sentence: those that are there. */
export function joined(clauses: readonly (Both | undefined)[], zh = '，', en = ', '): Both {
  const there = clauses.filter((clause) => clause !== undefined)
  return both(there.map((clause) => clause.zh).join(zh), there.map((clause) => clause.en).join(en))
}
