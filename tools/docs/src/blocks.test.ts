import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_PORTS } from '@lijian/config'
import { freePort } from '@lijian/testing'
import { blocksOf } from './blocks'
import { needsStack, pages, readPage } from './pages'
import { bash, environment, makeClone, runPage } from './shell'

const folder = mkdtempSync(join(tmpdir(), 'lijian-docs-'))
const count = { ran: 0, commands: 0, 'no-run': 0 }
let settings: Record<string, string>

beforeAll(async () => {
  makeClone(folder)
  // As root the servers run as another user, who must be able to pass through.
  await bash(`chmod 755 . .lijian`, folder, process.env)
  const ports = await Promise.all(
    Object.keys(DEFAULT_PORTS).map(async (name) => [name, `${await freePort()}`] as const),
  )
  // A busy machine may be late; the pages show what a payment in time gets.
  settings = { ...Object.fromEntries(ports), LIJIAN_QUERY_DEADLINE_MS: '10000' }
  const said = await bash('./lijian up --detach && echo is up', folder, environment(folder, settings))
  if (!said.endsWith('is up\n')) throw new Error(said)
})

afterAll(async () => {
  await bash('./lijian down', folder, environment(folder, settings))
  rmSync(folder, { recursive: true, force: true })
  const { ran, commands, 'no-run': skipped } = count
  process.stdout.write(`docs: ${ran} blocks ran, ${commands} commands; ${skipped} cannot run and say why\n`)
})

test.each(pages())('%s: every block does what it shows', async (page) => {
  const blocks = blocksOf(readPage(page))
  for (const block of blocks) {
    if (block.kind === 'no-run') count['no-run']++
    if (block.kind !== 'console') continue
    count.ran++
    count.commands += block.commands.length
  }
  const at = (of: 'API' | 'INTERNAL' | 'METRICS' | 'REPORT') => `http://127.0.0.1:${settings[`LIJIAN_${of}_PORT`]}`
  const stack = needsStack(page)
    ? {
        ...settings,
        BASE: at('API'),
        INTERNAL: at('INTERNAL'),
        METRICS: `${at('METRICS')}/metrics`,
        REPORT_METRICS: `${at('REPORT')}/metrics`,
      }
    : {}
  expect(await runPage(blocks, folder, environment(folder, stack))).toEqual([])
})
