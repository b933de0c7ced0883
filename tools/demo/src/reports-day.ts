import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { reportCommand } from '@lijian/cli'

interface Stage {
  base: string
  /** Finance's. */
  key: string
  dataDir: string
  say: (line?: string) => void
}

/** What finance reads of the day, each as a file in `demo-reports`: the merchants' report, and the statement of the partner whose money moved. */
export async function reportsDay(
  { base, key, dataDir, say }: Stage,
  date: string,
  [partner]: readonly { code: string }[],
): Promise<void> {
  const folder = join(dataDir, 'demo-reports')
  await mkdir(folder, { recursive: true })
  const statement = ['partner-funds', '--partner', partner!.code, '--section', 'entries', '--format', 'pdf']
  say()
  for (const [name, words] of [
    ['merchants', ['merchant', '--format', 'xlsx']],
    [`statement of ${partner!.code}`, statement],
  ] as const) {
    const asked = [...words, '--from', date]
    const output = join(folder, `${words[0]}-${date}.${words.at(-1)!}`)
    await reportCommand(
      () => undefined,
      () => undefined,
    ).parseAsync([...asked, '--output', output, '--url', base, '--key', key], { from: 'user' })
    say(`${name.padEnd(18)} ${output}`)
    say(`${''.padEnd(18)} ./lijian report ${asked.join(' ')}`)
  }
}
