/**
 * Whether a repeat is the body that was stored. A hash with a card carries in what form the card came (`edge.ts` of privacy): a number never
 * answers for a token. Rows of the release before have the bare hash, and their honest repeats are still answered.
 */
export function isSameBody(stored: string, asked: string): boolean {
  if (stored === asked) return true
  return !stored.includes('.') && stored !== '' && stored === asked.slice(asked.indexOf('.') + 1)
}
