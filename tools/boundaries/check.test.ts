import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * A small house on disk: a contract, a persistence library and a flow of platform, a pure library of core, a use case of
 * finance, a flow of marketing and an app; then the planted files.
 */
function house(planted: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'lijian-boundaries-'))
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const add = (dir: string, tags: string, dependencies: string[], references: string[] = []) => {
    const name = `@lijian/${dir.startsWith('workflows/') ? 'workflow-' : ''}${dir.split('/').at(-1)}`
    write(`${dir}/package.json`, packageJson(name, tags, dependencies))
    write(`${dir}/tsconfig.json`, JSON.stringify({ references: references.map((path) => ({ path })) }))
  }
  write('package.json', JSON.stringify({ devDependencies: { 'fast-check': '1' } }))
  add('libs/platform/words', 'scope:platform type:contract', ['zod'])
  write('libs/platform/words/src/index.ts', `import { z } from 'zod'\nexport const word = z.string()`)
  add('libs/platform/rows', 'scope:platform type:persistence', ['pg'])
  write('libs/platform/rows/src/index.ts', `export { Client } from 'pg'`)
  add('libs/core/sums', 'scope:core type:pure', ['@lijian/words'], ['../../platform/words'])
  write('libs/core/sums/src/index.ts', `import { word } from '@lijian/words'\nexport const w = word`)
  add('libs/finance/runs', 'scope:finance type:pure', [])
  write('libs/finance/runs/src/index.ts', `export const run = 1`)
  add('workflows/marketing/flow', 'scope:marketing type:workflow', ['@lijian/words'], ['../../../libs/platform/words'])
  write(
    'workflows/marketing/flow/src/index.ts',
    `import type { word } from '@lijian/words'\nexport type W = typeof word`,
  )
  add('apps/door', 'scope:apps type:app', [])
  write('apps/door/src/index.ts', `export const now = () => Date.now()`)
  for (const [file, text] of Object.entries(planted)) write(file, text)
  return root
}

const packageJson = (name: string, tags: string, dependencies: string[]) =>
  JSON.stringify({
    name,
    exports: { '.': './src/index.ts' },
    dependencies: Object.fromEntries(dependencies.map((d) => [d, '1'])),
    nx: { tags: tags.split(' ') },
  })

function check(planted: Record<string, string>): string {
  const root = house(planted)
  try {
    return execFileSync(process.execPath, [join(__dirname, 'check.mjs'), root], { encoding: 'utf8' })
  } catch (error) {
    return (error as { stdout: string }).stdout
  } finally {
    rmSync(root, { recursive: true })
  }
}

const sums = 'libs/core/sums/src/sum.ts'
const devDependent = JSON.stringify({
  ...JSON.parse(packageJson('@lijian/runs', 'scope:finance type:pure', [])),
  devDependencies: { '@lijian/words': '1' },
})
const flow = 'workflows/marketing/flow/src/workflow.ts'
const replay = 'is forbidden in type:workflow: it must replay'

describe('boundaries', () => {
  test('a house in order passes', () => expect(check({})).toBe('boundaries hold\n'))

  test.each`
    _case                | line
    ${'a query'}         | ${"export const q = (db: any) => db.query('SELECT 1')"}
    ${'a typed one'}     | ${'export const q = (db: any) => db.query<{ n: number }>(`x`)'}
    ${'a prepared one'}  | ${"export const q = (db: any) => db.query({ name: 'x', text: 'SELECT 1' })"}
    ${'text kept apart'} | ${'const OPEN = `SELECT count(*) FROM webhook_delivery`'}
    ${'a change'}        | ${"const PAID = 'UPDATE bill SET paid = true'"}
  `('an app that writes SQL: $_case', ({ line }: { line: string }) => {
    const planted = { 'apps/door/src/open.ts': `// SELECT 1 is no SQL in a comment\n${line}\n` }
    expect(check(planted)).toContain('apps/door/src/open.ts:2: SQL is forbidden in type:app: call a use case')
  })

  test('an app may call a use case that is named query, and its tests may look into tables', () => {
    const planted = {
      'apps/door/src/ask.ts':
        'export const ask = (edge: any, body: object) => [edge.query(body), edge.query({ body })]',
      'apps/door/src/ask.test.ts': "export const q = (db: any) => db.query('SELECT 1')",
    }
    expect(check(planted)).toBe('boundaries hold\n')
  })

  test.each`
    _case                                    | file                             | text                                                                           | fault
    ${'pure reads the clock'}                | ${sums}                          | ${'export const now = () => Date.now()'}                                       | ${'libs/core/sums/src/sum.ts:1: `Date.now` is forbidden in type:pure: take `nowMs` as an argument'}
    ${'pure makes a date of the clock'}      | ${sums}                          | ${'\nexport const d = new Date()'}                                             | ${'sum.ts:2: `new Date()` is forbidden in type:pure'}
    ${'pure draws lots'}                     | ${sums}                          | ${'export const r = Math.random()'}                                            | ${'`Math.random` is forbidden in type:pure: take the draw key'}
    ${'pure reads the environment'}          | ${sums}                          | ${'export const e = process.env.HOME'}                                         | ${'`process.env` is forbidden in type:pure: take the setting'}
    ${'pure waits'}                          | ${sums}                          | ${'setTimeout(() => 1, 2)'}                                                    | ${'`setTimeout` is forbidden in type:pure'}
    ${'pure reads a file'}                   | ${sums}                          | ${"import { readFileSync } from 'node:fs'"}                                    | ${'node:fs { readFileSync } is forbidden in type:pure'}
    ${'pure asks for random bytes'}          | ${sums}                          | ${"import { randomBytes } from 'node:crypto'"}                                 | ${'node:crypto { randomBytes } is forbidden in type:pure'}
    ${'pure imports the database'}           | ${sums}                          | ${"import { Client } from '@lijian/rows'"}                                     | ${'@lijian/sums (type:pure) → @lijian/rows (type:persistence) is forbidden: take the rows as arguments'}
    ${'... or only when it runs'}            | ${sums}                          | ${"export const r = () => import('@lijian/rows')"}                             | ${'(type:persistence) is forbidden'}
    ${'a library imports an app'}            | ${'libs/platform/rows/src/a.ts'} | ${"import { now } from '@lijian/door'"}                                        | ${'(type:app) is forbidden: move what you need into a library'}
    ${'past the index'}                      | ${sums}                          | ${"import { x } from '@lijian/words/src/x'"}                                   | ${'reaches past the index; its exports are .'}
    ${'over the fence'}                      | ${sums}                          | ${"import { x } from '../../../platform/words/src/index'"}                     | ${'leaves the package'}
    ${'not declared, from outside'}          | ${'apps/door/src/a.ts'}          | ${"import fastify from 'fastify'"}                                             | ${'@lijian/door → fastify: not in dependencies of apps/door/package.json'}
    ${'not declared, from the house'}        | ${'apps/door/src/a.ts'}          | ${"import { w } from '@lijian/sums'"}                                          | ${'not in dependencies of apps/door/package.json'}
    ${'not in the references'}               | ${'apps/door/src/a.ts'}          | ${"import { w } from '@lijian/sums'"}                                          | ${'apps/door/tsconfig.json: references lack ../../libs/core/sums'}
    ${'an idle reference'}                   | ${'libs/core/sums/src/index.ts'} | ${'export const w = 1'}                                                        | ${'libs/core/sums/tsconfig.json: references name ../../platform/words, which no source imports'}
    ${'a workflow imports the database'}     | ${flow}                          | ${"import { Client } from 'pg'"}                                               | ${`pg ${replay}`}
    ${'a workflow imports Redis'}            | ${flow}                          | ${"import { Queue } from 'bullmq'"}                                            | ${`bullmq ${replay}`}
    ${'a workflow imports a network client'} | ${flow}                          | ${"import { request } from 'node:http'"}                                       | ${`node:http ${replay}`}
    ${'a workflow imports zod at run time'}  | ${flow}                          | ${"import { z } from 'zod'"}                                                   | ${`zod ${replay}`}
    ${'... or by way of the contracts'}      | ${flow}                          | ${"import { word } from '@lijian/words'"}                                      | ${'only `import type` in workflow code'}
    ${'the rows read settings'}              | ${'libs/platform/rows/src/a.ts'} | ${'export const e = process.env'}                                              | ${'`process.env` is forbidden in type:persistence'}
    ${'a connection without limits'}         | ${'libs/core/sums/src/sum.ts'}   | ${"import { Pool as Pg } from 'pg'\nexport const p = new Pg()"}                | ${'sum.ts:2: `new Pg` is forbidden outside @lijian/database: take steadyPool'}
    ${'... under the name of the module'}    | ${'apps/door/src/a.ts'}          | ${"import * as pg from 'pg'\nexport const c = new pg.Client()"}                | ${'`new pg.Client` is forbidden outside @lijian/database'}
    ${'... or of TypeORM'}                   | ${'apps/door/src/a.ts'}          | ${"import { DataSource } from 'typeorm'\nexport const d = new DataSource({})"} | ${'`new DataSource` is forbidden outside @lijian/database'}
    ${'a package without tags'}              | ${'libs/core/bare/package.json'} | ${'{"name":"@lijian/bare"}'}                                                   | ${'libs/core/bare/package.json: needs exactly one tag type:'}
  `('$_case', ({ file, text, fault }) => {
    const said = check({ [file]: text })
    expect(said).toContain(fault)
    expect(said).toMatch(/\d+ boundary faults\n$/)
  })

  test.each`
    _case                                      | planted                                                                                                                                                                                       | fault
    ${'core imports from finance'}             | ${{ [sums]: "import { run } from '@lijian/runs'" }}                                                                                                                                           | ${'libs/core/sums/src/sum.ts:1: @lijian/sums → @lijian/runs points up: the wing core sees platform'}
    ${'... and the type of a thing there'}     | ${{ [sums]: "export type R = typeof import('@lijian/runs')" }}                                                                                                                                | ${'sum.ts:1: @lijian/sums → @lijian/runs points up'}
    ${'a dependency up that no source uses'}   | ${{ 'libs/core/sums/package.json': packageJson('@lijian/sums', 'scope:core type:pure', ['@lijian/words', '@lijian/runs']) }}                                                                  | ${'libs/core/sums/package.json: @lijian/sums → @lijian/runs points up: the wing core sees platform'}
    ${'platform sees no other wing'}           | ${{ 'libs/platform/rows/src/a.ts': "import { w } from '@lijian/sums'" }}                                                                                                                      | ${'@lijian/rows → @lijian/sums points up: the wing platform sees no other wing'}
    ${'a tag that is not the folder'}          | ${{ 'libs/core/sums/package.json': packageJson('@lijian/sums', 'scope:finance type:pure', ['@lijian/words']) }}                                                                               | ${'libs/core/sums/package.json: needs exactly one tag scope:core, has finance'}
    ${'two tags of a wing'}                    | ${{ 'libs/core/sums/package.json': packageJson('@lijian/sums', 'scope:core scope:finance type:pure', ['@lijian/words']) }}                                                                    | ${'needs exactly one tag scope:core, has core, finance'}
    ${'a wing that does not exist'}            | ${{ 'libs/attic/box/package.json': packageJson('@lijian/box', 'scope:attic type:pure', []) }}                                                                                                 | ${'libs/attic/box: attic is no wing; the wings are platform, core, marketing'}
    ${'a name that is not the folder'}         | ${{ 'libs/core/sums/package.json': packageJson('@lijian/total', 'scope:core type:pure', ['@lijian/words']) }}                                                                                 | ${'libs/core/sums/package.json: the folder names the package @lijian/sums, not @lijian/total'}
    ${'a flow that is not called workflow-'}   | ${{ 'workflows/marketing/flow/package.json': packageJson('@lijian/flow', 'scope:marketing type:workflow', ['@lijian/words']) }}                                                               | ${'the folder names the package @lijian/workflow-flow, not @lijian/flow'}
    ${'packages that depend on each other'}    | ${{ 'libs/platform/words/package.json': packageJson('@lijian/words', 'scope:platform type:contract', ['zod', '@lijian/sums']) }}                                                              | ${'packages depend on each other: @lijian/sums → @lijian/words → @lijian/sums'}
    ${'a dependency that only a test imports'} | ${{ 'libs/finance/runs/package.json': packageJson('@lijian/runs', 'scope:finance type:pure', ['@lijian/words']), 'libs/finance/runs/src/a.test.ts': "import { word } from '@lijian/words'" }} | ${'libs/finance/runs/package.json: depends on @lijian/words, which no source outside tests imports'}
    ${'a devDependency that a source imports'} | ${{ 'libs/finance/runs/package.json': devDependent, 'libs/finance/runs/src/a.ts': "import { word } from '@lijian/words'" }}                                                                   | ${'@lijian/words (type:contract): not in dependencies of libs/finance/runs/package.json'}
  `('wings: $_case', ({ planted, fault }) => {
    const said = check(planted)
    expect(said).toContain(fault)
    expect(said).toMatch(/\d+ boundary faults\n$/)
  })

  test.each`
    _case                                    | file                                    | text
    ${'a comment and a string do not count'} | ${sums}                                 | ${"// Date.now()\nexport const s = 'Math.random()'"}
    ${'a Client of something else'}          | ${'libs/platform/rows/src/a.test.ts'}   | ${"import { Pool } from 'pg'\nexport const p = new Pool()"}
    ${'a date of an argument'}               | ${sums}                                 | ${'export const d = (ms: number) => new Date(ms)'}
    ${'a keyed hash'}                        | ${sums}                                 | ${"import { createHmac } from 'node:crypto'\nexport const h = createHmac"}
    ${'a test reads the clock'}              | ${'libs/core/sums/src/sum.test.ts'}     | ${"import fc from 'fast-check'\nexport const n = Date.now(), f = fc"}
    ${'a workflow imports types'}            | ${flow}                                 | ${"import type { word } from '@lijian/words'\nexport type X = typeof word"}
    ${'a program reads its environment'}     | ${'libs/platform/rows/src/rows-cli.ts'} | ${'export const e = process.env.DATABASE_URL'}
  `('passes: $_case', ({ file, text }) => expect(check({ [file]: text })).toBe('boundaries hold\n'))
})
