import { compareAt, fingerprint, WORDS } from './fingerprint'

const BUCKETS = 1 << 16
const FIRST_CAPACITY = 1 << 12

/** Fingerprints as they come, in one growing piece of memory. */
export class FingerprintList {
  private words = new Uint32Array(FIRST_CAPACITY * WORDS)
  private used = 0

  get count(): number {
    return this.used / WORDS
  }

  add(token: string): void {
    if (this.used === this.words.length) {
      const larger = new Uint32Array(this.words.length * 2)
      larger.set(this.words)
      this.words = larger
    }
    this.words.set(fingerprint(token), this.used)
    this.used += WORDS
  }

  /** Ascending, each once. */
  sorted(): Uint32Array {
    return sortUnique(this.words.subarray(0, this.used))
  }
}

export function fingerprintsOf(tokens: Iterable<string>): Uint32Array {
  const list = new FingerprintList()
  for (const token of tokens) list.add(token)
  return list.sorted()
}

/** By their leading 16 bits into buckets, then each bucket by insertion: fingerprints are spread evenly, so a bucket is small. */
function sortUnique(words: Uint32Array): Uint32Array {
  const starts = new Uint32Array(BUCKETS + 1)
  for (let at = 0; at < words.length; at += WORDS) starts[(words[at]! >>> 16) + 1]!++
  for (let bucket = 0; bucket < BUCKETS; bucket++) starts[bucket + 1]! += starts[bucket]!
  const next = starts.slice()
  const grouped = new Uint32Array(words.length)
  for (let at = 0; at < words.length; at += WORDS) {
    const to = next[words[at]! >>> 16]!++ * WORDS
    for (let word = 0; word < WORDS; word++) grouped[to + word] = words[at + word]!
  }
  let kept = 0
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const first = kept
    const end = starts[bucket + 1]! * WORDS
    // What is kept never overtakes what is read: both lie in one array.
    for (let at = starts[bucket]! * WORDS; at < end; at += WORDS) kept = insert(grouped, first, kept, at)
  }
  return grouped.slice(0, kept)
}

/** Puts the member at `at` among the distinct ones in [first, kept), unless it is there; returns the new end of these. */
function insert(words: Uint32Array, first: number, kept: number, at: number): number {
  let low = first
  let high = kept
  while (low < high) {
    const middle = low + (((high - low) / WORDS) >> 1) * WORDS
    const order = compareAt(words, middle, words, at)
    if (order === 0) return kept
    if (order < 0) low = middle + WORDS
    else high = middle
  }
  const member = words.slice(at, at + WORDS)
  words.copyWithin(low + WORDS, low, kept)
  words.set(member, low)
  return kept + WORDS
}

/** Both ascending and distinct; so is the answer. `with`: in either; `without`: in `a` and not in `b`. */
export function combined(a: Uint32Array, b: Uint32Array, how: 'with' | 'without'): Uint32Array {
  const out = new Uint32Array(a.length + (how === 'with' ? b.length : 0))
  let used = 0
  const take = (from: Uint32Array, at: number) => {
    for (let word = 0; word < WORDS; word++) out[used++] = from[at + word]!
  }
  let i = 0
  let j = 0
  while (i < a.length) {
    const order = j < b.length ? compareAt(a, i, b, j) : -1
    if (order > 0) {
      if (how === 'with') take(b, j)
      j += WORDS
      continue
    }
    if (order === 0) j += WORDS
    if (order < 0 || how === 'with') take(a, i)
    i += WORDS
  }
  for (; how === 'with' && j < b.length; j += WORDS) take(b, j)
  return out.slice(0, used)
}
