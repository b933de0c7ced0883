import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A small house on disk: a pure library, a contract, a persistence library, a workflow and an app; then one planted file. */
function house(planted: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'lijian-boundaries-'))
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const add = (dir: string, name: string, tags: string[], dependencies: string[], references: string[]) => {
    const exports = { '.': './src/index.ts' }
    const versions = Object.fromEntries(dependencies.map((d) => [d, '1']))
    write(`${dir}/package.json`, JSON.stringify({ name, exports, dependencies: versions, nx: { tags } }))
    write(`${dir}/tsconfig.json`, JSON.stringify({ references: references.map((path) => ({ path })) }))
  }
  write('package.json', JSON.stringify({ devDependencies: { 'fast-check': '1' } }))
  add('libs/words', '@lijian/words', ['scope:core', 'type:contract'], ['zod'], [])
  write('libs/words/src/index.ts', `import { z } from 'zod'\nexport const word = z.string()`)
  add('libs/sums', '@lijian/sums', ['scope:core', 'type:pure'], ['@lijian/words'], ['../words'])
  write('libs/sums/src/index.ts', `import { word } from '@lijian/words'\nexport const w = word`)
  add('libs/rows', '@lijian/rows', ['scope:core', 'type:persistence'], ['pg'], [])
  write('libs/rows/src/index.ts', `export { Client } from 'pg'`)
  add('workflows/flow', '@lijian/flow', ['scope:core', 'type:workflow'], ['@lijian/words'], ['../../libs/words'])
  write('workflows/flow/src/index.ts', `import type { word } from '@lijian/words'\nexport type W = typeof word`)
  add('apps/door', '@lijian/door', ['scope:edge', 'type:app'], [], [])
  write('apps/door/src/index.ts', `export const now = () => Date.now()`)
  for (const [file, text] of Object.entries(planted)) write(file, text)
  return root
}

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

const sums = 'libs/sums/src/sum.ts'
const flow = 'workflows/flow/src/workflow.ts'
const replay = 'is forbidden in type:workflow: it must replay'

describe('boundaries', () => {
  test('a house in order passes', () => expect(check({})).toBe('boundaries hold\n'))

  test.each`
    _case                                    | file                        | text                                               | fault
    ${'pure reads the clock'}                | ${sums}                     | ${'export const now = () => Date.now()'}           | ${'libs/sums/src/sum.ts:1: `Date.now` is forbidden in type:pure: take `nowMs` as an argument'}
    ${'pure makes a date of the clock'}      | ${sums}                     | ${'\nexport const d = new Date()'}                 | ${'sum.ts:2: `new Date()` is forbidden in type:pure'}
    ${'pure draws lots'}                     | ${sums}                     | ${'export const r = Math.random()'}                | ${'`Math.random` is forbidden in type:pure: take the draw key'}
    ${'pure reads the environment'}          | ${sums}                     | ${'export const e = process.env.HOME'}             | ${'`process.env` is forbidden in type:pure: take the setting'}
    ${'pure waits'}                          | ${sums}                     | ${'setTimeout(() => 1, 2)'}                        | ${'`setTimeout` is forbidden in type:pure'}
    ${'pure reads a file'}                   | ${sums}                     | ${"import { readFileSync } from 'node:fs'"}        | ${'node:fs { readFileSync } is forbidden in type:pure'}
    ${'pure asks for random bytes'}          | ${sums}                     | ${"import { randomBytes } from 'node:crypto'"}     | ${'node:crypto { randomBytes } is forbidden in type:pure'}
    ${'pure imports the database'}           | ${sums}                     | ${"import { Client } from '@lijian/rows'"}         | ${'@lijian/sums (type:pure) → @lijian/rows (type:persistence) is forbidden: take the rows as arguments'}
    ${'... or only when it runs'}            | ${sums}                     | ${"export const r = () => import('@lijian/rows')"} | ${'(type:persistence) is forbidden'}
    ${'a library imports an app'}            | ${'libs/rows/src/a.ts'}     | ${"import { now } from '@lijian/door'"}            | ${'(type:app) is forbidden: move what you need into a library'}
    ${'past the index'}                      | ${sums}                     | ${"import { x } from '@lijian/words/src/x'"}       | ${'reaches past the index; the doors are .'}
    ${'over the fence'}                      | ${sums}                     | ${"import { x } from '../../words/src/index'"}     | ${'leaves the package'}
    ${'not declared, from outside'}          | ${'apps/door/src/a.ts'}     | ${"import fastify from 'fastify'"}                 | ${'@lijian/door → fastify: not in dependencies of apps/door/package.json'}
    ${'not declared, from the house'}        | ${'apps/door/src/a.ts'}     | ${"import { w } from '@lijian/sums'"}              | ${'not in dependencies of apps/door/package.json'}
    ${'not in the references'}               | ${'apps/door/src/a.ts'}     | ${"import { w } from '@lijian/sums'"}              | ${'apps/door/tsconfig.json: references lack ../../libs/sums'}
    ${'an idle reference'}                   | ${'libs/sums/src/index.ts'} | ${'export const w = 1'}                            | ${'libs/sums/tsconfig.json: references name ../words, which no source imports'}
    ${'a workflow imports the database'}     | ${flow}                     | ${"import { Client } from 'pg'"}                   | ${`pg ${replay}`}
    ${'a workflow imports Redis'}            | ${flow}                     | ${"import { Queue } from 'bullmq'"}                | ${`bullmq ${replay}`}
    ${'a workflow imports a network client'} | ${flow}                     | ${"import { request } from 'node:http'"}           | ${`node:http ${replay}`}
    ${'a workflow imports zod at run time'}  | ${flow}                     | ${"import { z } from 'zod'"}                       | ${`zod ${replay}`}
    ${'... or by way of the contracts'}      | ${flow}                     | ${"import { word } from '@lijian/words'"}          | ${'only `import type` in workflow code'}
    ${'the rows read settings'}              | ${'libs/rows/src/a.ts'}     | ${'export const e = process.env'}                  | ${'`process.env` is forbidden in type:persistence'}
    ${'a package without tags'}              | ${'libs/bare/package.json'} | ${'{"name":"@lijian/bare"}'}                       | ${'libs/bare/package.json: needs exactly one tag type:'}
  `('$_case', ({ file, text, fault }) => {
    const said = check({ [file]: text })
    expect(said).toContain(fault)
    expect(said).toMatch(/\d+ boundary faults\n$/)
  })

  test.each`
    _case                                    | file                           | text
    ${'a comment and a string do not count'} | ${sums}                        | ${"// Date.now()\nexport const s = 'Math.random()'"}
    ${'a date of an argument'}               | ${sums}                        | ${'export const d = (ms: number) => new Date(ms)'}
    ${'a keyed hash'}                        | ${sums}                        | ${"import { createHmac } from 'node:crypto'\nexport const h = createHmac"}
    ${'a test reads the clock'}              | ${'libs/sums/src/sum.test.ts'} | ${"import fc from 'fast-check'\nexport const n = Date.now(), f = fc"}
    ${'a workflow imports types'}            | ${flow}                        | ${"import type { word } from '@lijian/words'\nexport type X = typeof word"}
    ${'a program reads its environment'}     | ${'libs/rows/src/rows-cli.ts'} | ${'export const e = process.env.DATABASE_URL'}
  `('passes: $_case', ({ file, text }) => expect(check({ [file]: text })).toBe('boundaries hold\n'))
})
