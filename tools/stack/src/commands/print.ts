const out = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

export const print = {
  line: out,
  /** `postgres    │ ready at …`: who says it stands in front, on every line. */
  from: (server: string, text: string): void => {
    for (const line of text.split('\n')) out(`${server.padEnd(15)}│ ${line}`)
  },
  table: (rows: readonly (readonly string[])[]): void => {
    const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
    for (const row of rows)
      out(
        row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      )
  },
}
