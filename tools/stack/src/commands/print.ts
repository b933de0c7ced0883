import { textTable } from '@lijian/text-table'

const out = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

export const print = {
  line: out,
  /** `postgres    │ ready at …`: who says it stands in front, on every line. */
  from: (server: string, text: string): void => {
    for (const line of text.split('\n')) out(`${server.padEnd(17)}│ ${line}`)
  },
  /** The first row is the heads. */
  table: ([heads = [], ...rows]: readonly (readonly string[])[]): void =>
    textTable(
      heads.map((head) => ({ head })),
      rows,
    ).forEach(out),
}
