import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const run = join(__dirname, '..', 'run.mjs')

test.each`
  words                      | said
  ${['--postgres', 'mysql']} | ${'lijian: --postgres mysql: expected embedded or path\n'}
  ${['--postgres']}          | ${'lijian: --postgres : expected embedded or path\n'}
  ${['--project=nowhere']}   | ${/^lijian: --project nowhere: the projects are pure, /}
`('./lijian test $words: one line, exit code 2', ({ words, said }) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [run, ...words], { encoding: 'utf8' })
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: typeof said === 'string' ? said : expect.stringMatching(said),
  })
})
