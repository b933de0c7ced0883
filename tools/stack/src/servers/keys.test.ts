import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Task } from '../core/server'
import { projectEnvironment } from '../core/environment'
import { makeStack } from '../core/stack'
import { makeProgram } from '../program'
import { keys } from './keys'

const GIVEN = 'postgresql://lijian:secret@db.example:5432/lijian'
const stackOf = (databaseUrl: string | undefined, devKeys = false) =>
  makeStack({
    env: {
      PATH: process.env['PATH'],
      LIJIAN_DATA_DIR: mkdtempSync(join(tmpdir(), 'lijian-keys-')),
      DATABASE_URL: databaseUrl,
    },
    devKeys,
  })

test.each`
  database     | devKeys  | makes    | earlyClose
  ${undefined} | ${false} | ${true}  | ${'on'}
  ${GIVEN}     | ${false} | ${false} | ${'off'}
  ${GIVEN}     | ${true}  | ${true}  | ${'on'}
`(
  'database $database, --dev-keys $devKeys: keys are made $makes, dates are closed early $earlyClose',
  async ({
    database,
    devKeys,
    makes,
    earlyClose,
  }: {
    database?: string
    devKeys: boolean
    makes: boolean
    earlyClose: string
  }) => {
    const stack = stackOf(database, devKeys)
    const task = (await keys.resolve(stack)) as Task
    expect(task.origin.endsWith('keys/cli.js')).toBe(makes)
    // It would not get as far as the database, which nobody has.
    if (!makes) expect(await task.run()).toMatch(/^made no keys: \.\/lijian keys enrol/)
    expect(projectEnvironment(stack)['LIJIAN_EARLY_CLOSE']).toBe(earlyClose)
  },
)

test('up knows the word', () => {
  const up = makeProgram().commands.find((one) => one.name() === 'up')
  expect(up?.options.map(({ long }) => long)).toContain('--dev-keys')
})
