import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(__dirname, '..', '..', '..')

test('the types of the console are made from the openapi.json of now', () => {
  const { status, stderr } = spawnSync(process.execPath, ['tools/openapi-types/make.mjs', '--check'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
