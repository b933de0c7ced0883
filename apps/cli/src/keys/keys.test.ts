import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiKeys } from '@lijian/identity'
import { dataSource } from '@lijian/database'
import { testDatabase } from '@lijian/testing'
import { makeDevKeys, makeDevPersons, type DevKeys } from './cli'

test('development keys are made once, readable by their owner alone, and again when the database does not know them', async () => {
  const database = await testDatabase()
  const dir = mkdtempSync(join(tmpdir(), 'lijian-keys-'))
  const file = join(dir, 'keys.json')
  const read = () => JSON.parse(readFileSync(file, 'utf8')) as DevKeys

  expect(await makeDevKeys(database.url, dir)).toBe(true)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const first = read()
  expect(Object.keys(first)).toEqual(['maker', 'checker', 'finance', 'transactionSystem'])
  expect(new Set(Object.values(first)).size).toBe(4)

  expect(await makeDevKeys(database.url, dir)).toBe(false)
  expect(read()).toEqual(first)

  const source = await dataSource(database.url).initialize()
  await new ApiKeys(source).revoke(first.checker.split('_')[1]!)
  await source.destroy()
  expect(await makeDevKeys(database.url, dir)).toBe(true)
  expect(read().checker).not.toBe(first.checker)

  // A release that brings a scope: keys of the one before no longer open everything.
  const second = read()
  const later = await dataSource(database.url).initialize()
  await later.query(`UPDATE api_key SET scopes = array_remove(scopes, 'funding.make')`)
  await later.destroy()
  expect(await makeDevKeys(database.url, dir)).toBe(true)
  expect(read().maker).not.toBe(second.maker)

  writeFileSync(file, 'damaged')
  expect(await makeDevKeys(database.url, dir)).toBe(true)
  rmSync(dir, { recursive: true })
  await database.drop()
})

test('demo persons are made once, with one-time passwords that only their owner reads', async () => {
  const database = await testDatabase()
  const dir = mkdtempSync(join(tmpdir(), 'lijian-persons-'))
  const made = await makeDevPersons(database.url, dir)
  expect(Object.keys(made)).toHaveLength(8)
  expect(statSync(join(dir, 'persons.json')).mode & 0o777).toBe(0o600)
  expect(JSON.parse(readFileSync(join(dir, 'persons.json'), 'utf8'))).toEqual(made)
  expect(await makeDevPersons(database.url, dir)).toEqual({})
  const source = await dataSource(database.url).initialize()
  const rows = await source.query<{ n: number; hashes: string }[]>(
    `SELECT count(*)::int AS n, string_agg(hash, ' ') AS hashes FROM person_password WHERE must_change`,
  )
  await source.destroy()
  expect(rows[0]!.n).toBe(8)
  for (const password of Object.values(made)) expect(rows[0]!.hashes).not.toContain(password)
  rmSync(dir, { recursive: true })
  await database.drop()
})
