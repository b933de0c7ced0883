import { nameOf, type LockableRow } from '@lijian/database'

/** What waits for one row that somebody keeps locked. */
export interface Group<W> {
  row: LockableRow
  works: W[]
  looks: number
  /** It was met locked again while this group was tried. */
  again: boolean
}

/** So often a row is only looked at; then its turn comes in the queue of those who wait for it. */
const LOOKS_BEFORE_TRYING = 20
/** Who waits for a lock keeps others waiting: not all the time. */
const UNKNOWN_AGAIN_MS = 200

/**
 * Decisions that others would have to wait for: their row is locked by somebody else. A row that is locked without being found (inserted and
 * not committed yet) has no group: those decisions are tried in chunks, smaller after each failure, so that the guilty one is alone in the end.
 */
export class Aside<W> {
  private readonly groups = new Map<string, Group<W>>()
  private unknown: W[] = []
  private chunk = 1
  private unknownFromMs = 0

  get isEmpty(): boolean {
    return this.groups.size === 0 && this.unknown.length === 0
  }

  get count(): number {
    let count = this.unknown.length
    for (const { works } of this.groups.values()) count += works.length
    return count
  }

  /** Whether one of these rows is known to be locked; then the decision waits for it here. */
  takes(work: W, rows: readonly LockableRow[]): boolean {
    for (const row of rows) {
      const group = this.groups.get(nameOf(row))
      if (group === undefined) continue
      group.works.push(work)
      return true
    }
    return false
  }

  /** These rows were found locked: from now on what needs them waits here. */
  lock(rows: readonly LockableRow[]): void {
    for (const row of rows) {
      const group = this.groups.get(nameOf(row))
      if (group === undefined) this.groups.set(nameOf(row), { row, works: [], looks: 0, again: false })
      else group.again = true
    }
  }

  /** Something is locked that nobody can name. */
  addUnknown(works: readonly W[]): void {
    this.unknown.push(...works)
    this.chunk = Math.max(1, works.length >> 1)
    this.unknownFromMs = performance.now() + UNKNOWN_AGAIN_MS
  }

  /** A chunk to try; the next may be larger if this one is not added again. */
  takeUnknown(): W[] {
    if (performance.now() < this.unknownFromMs) return []
    const chunk = this.unknown.splice(0, this.chunk)
    this.chunk *= 2
    return chunk
  }

  get rows(): LockableRow[] {
    return [...this.groups.values()].map(({ row }) => row)
  }

  /** Groups whose row is free again, and those whose turn it is to wait for it. */
  due(locked: readonly LockableRow[]): Group<W>[] {
    const names = new Set(locked.map(nameOf))
    const due: Group<W>[] = []
    for (const [name, group] of this.groups) {
      const waited = ++group.looks % LOOKS_BEFORE_TRYING === 0 && group.works.length > 0
      if (waited || !names.has(name)) due.push(group)
    }
    return due
  }

  /** The row is free: who came for it meanwhile goes the ordinary way. */
  release(group: Group<W>): W[] {
    this.groups.delete(nameOf(group.row))
    return group.works
  }

  /** Takes out what `isOver` says, and returns it. */
  drop(isOver: (work: W) => boolean): W[] {
    const over = this.unknown.filter(isOver)
    this.unknown = this.unknown.filter((work) => !isOver(work))
    for (const group of this.groups.values()) {
      over.push(...group.works.filter(isOver))
      group.works = group.works.filter((work) => !isOver(work))
    }
    return over
  }

  /** Everything that waits; nothing is known to be locked any more. */
  clear(): W[] {
    const works = this.drop(() => true)
    this.groups.clear()
    return works
  }
}
