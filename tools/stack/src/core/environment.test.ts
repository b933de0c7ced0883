import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild } from './child'

test('a server gets its own variables and what it needs of the terminal, nothing else of it', async () => {
  const log = join(mkdtempSync(join(tmpdir(), 'lijian-environment-')), 'logs', 'one.log')
  const script = 'console.log(JSON.stringify(process.env))'
  const terminal = { PATH: process.env['PATH'], LC_ALL: 'C', AWS_SECRET_ACCESS_KEY: 'canary', PGPASSWORD: 'canary' }
  const command = { file: process.execPath, args: ['-e', script], env: { LIJIAN_API_PORT: '1' } }
  const child = await startChild(command, terminal, log)
  await child.exited
  const { PATH, LC_ALL, LIJIAN_API_PORT, ...rest } = JSON.parse(readFileSync(log, 'utf8')) as Record<string, string>
  expect([PATH, LC_ALL, LIJIAN_API_PORT]).toEqual([process.env['PATH'], 'C', '1'])
  expect(rest).toEqual({})
  expect(statSync(log).mode & 0o007).toBe(0)
})
