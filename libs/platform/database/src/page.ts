/** One row more than asked for was read: if it is there, the list goes on after the last one shown. */
export function pageOf<Row>(rows: Row[], limit: number, keyOf: (row: Row) => string): { rows: Row[]; next?: string } {
  if (rows.length <= limit) return { rows }
  const shown = rows.slice(0, limit)
  return { rows: shown, next: keyOf(shown[limit - 1]!) }
}
