/** Buckets of equal relative width (at most 1/64) over microseconds: constant memory, cheap to add to. */
const SUB_BITS = 7
const SUB = 1 << SUB_BITS
const BUCKETS = SUB * 32

export interface Latencies {
  count: number
  p50Us: number
  p95Us: number
  p99Us: number
  maxUs: number
}

export class Histogram {
  private readonly counts = new Float64Array(BUCKETS)
  private total = 0
  private maxUs = 0

  addMs(ms: number): void {
    const us = Math.max(0, Math.round(ms * 1_000))
    this.counts[bucketOf(us)]!++
    this.total++
    if (us > this.maxUs) this.maxUs = us
  }

  /** The smallest value that at least this part of all values does not exceed, to the bucket's width. */
  quantileUs(part: number): number {
    const wanted = Math.ceil(part * this.total)
    let seen = 0
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.counts[bucket]!
      if (seen >= wanted && seen > 0) return Math.min(highestOf(bucket), this.maxUs)
    }
    return 0
  }

  summary(): Latencies {
    return {
      count: this.total,
      p50Us: this.quantileUs(0.5),
      p95Us: this.quantileUs(0.95),
      p99Us: this.quantileUs(0.99),
      maxUs: this.maxUs,
    }
  }
}

function bucketOf(us: number): number {
  if (us < SUB) return us
  const shift = 31 - Math.clz32(us) - (SUB_BITS - 1)
  return Math.min(BUCKETS - 1, shift * (SUB / 2) + (us >>> shift))
}

function highestOf(bucket: number): number {
  if (bucket < SUB) return bucket
  const shift = Math.floor(bucket / (SUB / 2)) - 1
  const sub = bucket - shift * (SUB / 2)
  return (sub + 1) * 2 ** shift - 1
}
