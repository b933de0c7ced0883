import { compareAt, fingerprint, FINGERPRINT_BYTES, WORDS } from './fingerprint'
import { fingerprintsOf } from './token-sort'
import type { TokenMembers } from './types'

/** Members of one page, as a page is stored: 64 KiB. */
export const PAGE_MEMBERS = 4096
/** One directory entry leads to about this many members. */
const PER_ENTRY = 8
const DIRECTORY_BITS_MAX = 24

/**
 * An immutable set of tokens: sorted fingerprints (128 bits of SHA-256, see fingerprint.ts) with a directory by their leading bits.
 * 16 bytes a member and 0.5 to 1 for the directory; `has` is one hash and a look at about eight neighbours.
 */
export class TokenSet implements TokenMembers {
  /** For TokenSetBuilder: `words` four a member, ascending; `directory` where the members with these leading bits begin, and the end. */
  constructor(
    private readonly words: Uint32Array,
    private readonly directory: Uint32Array,
    private readonly shift: number,
  ) {}

  /** In one go, about 3 s for a million: what must not stall uses TokenSetBuilder. */
  static of(tokens: Iterable<string>): TokenSet {
    return TokenSet.ofSorted(fingerprintsOf(tokens))
  }

  /** Of fingerprints that are ascending and distinct, four words each. */
  static ofSorted(words: Uint32Array): TokenSet {
    const builder = new TokenSetBuilder(words.length / WORDS)
    builder.appendWords(words)
    return builder.build()
  }

  get size(): number {
    return this.words.length / WORDS
  }

  /** What it keeps in memory, in bytes. */
  get byteLength(): number {
    return this.words.byteLength + this.directory.byteLength
  }

  has(token: string): boolean {
    const { words, directory } = this
    const wanted = fingerprint(token)
    const entry = entryOf(wanted[0]!, this.shift)
    const end = directory[entry + 1]! * WORDS
    for (let at = directory[entry]! * WORDS; at < end; at += WORDS) {
      const order = compareAt(words, at, wanted, 0)
      if (order >= 0) return order === 0
    }
    return false
  }
}

/**
 * Builds a set of so many members from pages of ascending, distinct fingerprints, so that the reading process can do something else in
 * between: a page costs well under a millisecond. Throws a RangeError on anything else than what was said.
 */
export class TokenSetBuilder {
  private readonly words: Uint32Array
  private readonly directory: Uint32Array
  private readonly shift: number
  /** Members so far. */
  private count = 0
  /** Directory entries that are known so far. */
  private entries = 0

  constructor(private readonly expected: number) {
    const bits = Math.min(DIRECTORY_BITS_MAX, Math.max(0, Math.ceil(Math.log2(expected / PER_ENTRY))))
    this.shift = 32 - bits
    this.words = new Uint32Array(expected * WORDS)
    this.directory = new Uint32Array(2 ** bits + 1)
  }

  /** A page as `pagesOf` makes them. */
  append(page: Uint8Array): void {
    this.appendWords(wordsOf([page]))
  }

  appendWords(words: Uint32Array): void {
    const added = words.length / WORDS
    if (this.count + added > this.expected) throw new RangeError(`more members than the ${this.expected} expected`)
    this.words.set(words, this.count * WORDS)
    for (let member = 0; member < added; member++, this.count++) {
      const at = this.count * WORDS
      if (this.count > 0 && compareAt(this.words, at - WORDS, this.words, at) >= 0)
        throw new RangeError('members are not ascending')
      const entry = entryOf(this.words[at]!, this.shift)
      while (this.entries <= entry) this.directory[this.entries++] = this.count
    }
  }

  build(): TokenSet {
    if (this.count !== this.expected) throw new RangeError(`${this.count} members, expected ${this.expected}`)
    while (this.entries < this.directory.length) this.directory[this.entries++] = this.count
    return new TokenSet(this.words, this.directory, this.shift)
  }
}

/** `>>> 32` would be `>>> 0`: a set of few members has one entry. */
const entryOf = (word: number, shift: number): number => (shift === 32 ? 0 : word >>> shift)

/** Ascending fingerprints as bytes, most significant first, in pages of 64 KiB. */
export function* pagesOf(words: Uint32Array): Generator<Buffer> {
  for (let from = 0; from < words.length; from += PAGE_MEMBERS * WORDS) {
    const part = words.subarray(from, from + PAGE_MEMBERS * WORDS)
    const page = Buffer.allocUnsafe(part.length * 4)
    for (let word = 0; word < part.length; word++) page.writeUInt32BE(part[word]!, 4 * word)
    yield page
  }
}

/** The words of some pages, one after the other. */
export function wordsOf(pages: readonly Uint8Array[]): Uint32Array {
  const words = new Uint32Array(pages.reduce((bytes, page) => bytes + page.length, 0) / 4)
  let used = 0
  for (const page of pages) {
    if (page.length % FINGERPRINT_BYTES !== 0) throw new RangeError(`a page of ${page.length} bytes is cut off`)
    const view = new DataView(page.buffer, page.byteOffset, page.byteLength)
    for (let at = 0; at < page.length; at += 4) words[used++] = view.getUint32(at)
  }
  return words
}
