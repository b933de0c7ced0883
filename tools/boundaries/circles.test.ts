import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(__dirname, '../..')

/** What the linter of the house says about these files, without the rules that need types. */
function lint(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'lijian-circles-'))
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
    const program = join(root, 'node_modules/oxlint/bin/oxlint')
    const run = spawnSync(process.execPath, [program, '-c', join(root, '.oxlintrc.json'), dir], { encoding: 'utf8' })
    return run.stdout + run.stderr
  } finally {
    rmSync(dir, { recursive: true })
  }
}

const world = `import type { Rule } from './rule'\nexport interface World { rules: Rule[] }\n`
const rule = `import type { World } from './world'\nexport type Rule = (world: World) => boolean\n`

test('two files that import types from each other are a circle', () => {
  const said = lint({ 'world.ts': world, 'rule.ts': rule })
  expect(said).toContain('import(no-cycle)')
  expect(said).toContain('Found 0 warnings and 2 errors')
})

test('... and are none when the shared type stands apart', () => {
  const apart = `export interface World { rules: ((world: World) => boolean)[] }\n`
  expect(lint({ 'world.ts': apart, 'rule.ts': rule })).toContain('Found 0 warnings and 0 errors')
})
