/** Whether two bodies are the same JSON value, whatever the order of their keys; a key without a value counts as absent. */
export function isSameBody(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((entry, i) => isSameBody(entry, b[i]))
    )
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
    if (!isSameBody(left[key], right[key])) return false
  return true
}
