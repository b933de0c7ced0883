/** Absent instead of null, and numbers where PostgreSQL has bigints. */
export function withoutNulls(row: Record<string, unknown>, numbers: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, numbers.has(name) ? Number(value) : value]),
  )
}
