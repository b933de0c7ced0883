import type { DocumentChange } from '@lijian/contracts/marketing'
import { differences, isOfScalars, type Difference } from '@lijian/contracts/people'

/** Changes and values that are shown; a list of merchants may have a hundred thousand. */
const CHANGES_MAX = 1000
const VALUES_MAX = 100

/** What differs between two documents, by path (`differences`); of lists of words what was removed and added is told. */
export function documentChanges(before: unknown, after: unknown): { changes: DocumentChange[]; isCut: boolean } {
  const changes: DocumentChange[] = []
  for (const one of differences(before, after)) {
    if (changes.length === CHANGES_MAX) return { changes, isCut: true }
    changes.push(changeOf(one))
  }
  return { changes, isCut: false }
}

function changeOf({ isOrder, ...change }: Difference): DocumentChange {
  const { path, before, after } = change
  const areWords = Array.isArray(before) && Array.isArray(after) && isOfScalars(before) && isOfScalars(after)
  if (isOrder || !areWords) return change
  const [had, has] = [new Set<unknown>(before), new Set<unknown>(after)]
  const removed = before.filter((value) => !has.has(value))
  const added = after.filter((value) => !had.has(value))
  return {
    path,
    before: removed.slice(0, VALUES_MAX),
    after: added.slice(0, VALUES_MAX),
    ...{ removed: removed.length, added: added.length },
  }
}
