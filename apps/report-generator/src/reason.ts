import { codeOf, isDatabaseAway, refusalOf } from '@lijian/database'

const MOST_LETTERS = 500
/** What a file system says when a file cannot be written. ENOENT: somebody removed it. */
const OF_FILES = new Set(
  ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EIO', 'EACCES', 'EPERM', 'ENOTDIR', 'EISDIR', 'EMFILE', 'ENFILE'],
) // prettier-ignore

export const isOfFile = (error: unknown): boolean =>
  OF_FILES.has(codeOf(error) ?? '') ||
  (codeOf(error) === 'ENOENT' && (error as NodeJS.ErrnoException).path !== undefined)

/** The same report may succeed a little later. */
export const canSucceedLater = (error: unknown): boolean => !isOfFile(error) && isDatabaseAway(error)

/** For a person, without the data that PostgreSQL puts into its own sentences. */
export function reasonOf(error: unknown): string {
  if (isOfFile(error)) {
    const { code, syscall } = error as NodeJS.ErrnoException
    return `the file could not be written in LIJIAN_REPORT_DIR: ${code}${code === 'ENOSPC' ? ', the disk is full' : ''} (${syscall})`
  }
  if (/^[0-9A-Z]{5}$/.test(codeOf(error) ?? '') && codeOf(error) !== 'EPIPE') return refusalOf(error)
  return (error instanceof Error ? error.message : String(error)).slice(0, MOST_LETTERS)
}
