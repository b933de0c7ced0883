import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeStack } from '../core/stack'
import { postgres } from '../servers/postgres'
import { temporalDev } from '../servers/temporal-dev'
import { cachedFile } from './cache'
import { findPostgres } from './postgres'
import { findTemporalCli } from './temporal'

const folder = mkdtempSync(join(tmpdir(), 'lijian-find-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A folder for PATH with programs that only tell their version. */
function programs(name: string, versions: Record<string, string>): string {
  const bin = join(folder, name)
  mkdirSync(bin)
  for (const [program, version] of Object.entries(versions)) {
    writeFileSync(join(bin, program), `#!/bin/sh\necho '${version}'\n`)
    chmodSync(join(bin, program), 0o755)
  }
  return bin
}

const pg = (version: string) => `postgres (PostgreSQL) ${version}`
const pair = (version: string) => ({ postgres: pg(version), initdb: pg(version) })

test.each`
  _case                                      | path                                                                      | origin
  ${'a whole PostgreSQL 15 on PATH is used'} | ${programs('pg15', pair('15.0'))}                                         | ${/^PostgreSQL 15.0 \(PATH: .*pg15\/postgres\)$/}
  ${'14 is one too old'}                     | ${programs('pg14', pair('14.99'))}                                        | ${/^PostgreSQL 18\.\d+ \(embedded: /}
  ${'a postgres without initdb is no use'}   | ${programs('alone', { postgres: pg('17.1') })}                            | ${/^PostgreSQL 18\.\d+ \(embedded: /}
  ${'nor is one that does not run'}          | ${programs('broken', { ...pair('17.1'), initdb: 'cannot open library' })} | ${/^PostgreSQL 18\.\d+ \(embedded: /}
  ${'the next folder of PATH is looked at'}  | ${`${folder}/alone:${programs('pg16', pair('16.2'))}`}                    | ${/^PostgreSQL 16.2 \(PATH: .*pg16\/postgres\)$/}
  ${'nothing on PATH'}                       | ${folder}                                                                 | ${/^PostgreSQL 18\.\d+ \(embedded: /}
`('PostgreSQL: $_case', async ({ path, origin }) => {
  expect((await findPostgres(join(folder, 'no-data'), path)).origin).toMatch(origin)
})

test('data is opened by its own major version, wherever that is, or the version is named', async () => {
  const data = (major: number) => {
    const dir = join(folder, `data${major}`)
    mkdirSync(dir)
    writeFileSync(join(dir, 'PG_VERSION'), `${major}\n`)
    return dir
  }
  const path = `${folder}/pg15:${folder}/pg16`
  expect((await findPostgres(data(16), path)).major).toBe(16)
  expect((await findPostgres(data(18), path)).origin).toMatch(/embedded/)
  await expect(findPostgres(data(17), path)).rejects.toThrow('was made by PostgreSQL 17')
})

function stackWith(env: Record<string, string>) {
  const cacheDir = join(folder, 'cache')
  return makeStack({
    env: { LIJIAN_DATA_DIR: join(folder, 'stack'), LIJIAN_CACHE_DIR: cacheDir, PATH: folder, ...env },
  })
}

test('DATABASE_URL and TEMPORAL_ADDRESS win over everything, and their ports are not ours', async () => {
  const stack = stackWith({ DATABASE_URL: 'postgresql://u:p@db:5432/x', TEMPORAL_ADDRESS: 'temporal:7233' })
  expect(await postgres.resolve(stack)).toMatchObject({
    kind: 'given',
    address: 'db:5432',
    teach: { DATABASE_URL: 'postgresql://u:p@db:5432/x' },
  })
  expect(await temporalDev.resolve(stack)).toMatchObject({ kind: 'given', address: 'temporal:7233' })
  expect([...postgres.ports(stack), ...temporalDev.ports(stack)]).toEqual([])
})

test('Temporal: PATH from 1.8 on, else the cache', async () => {
  const cached = cachedFile(stackWith({}), { name: 'temporal', module: 'github.com/temporalio/cli' })
  mkdirSync(join(cached, '..'), { recursive: true })
  writeFileSync(cached, '#!/bin/sh\n', { mode: 0o755 })
  const tell = (version: string) => ({ temporal: `temporal version ${version} (Server 1.31.2)` })
  const [old, fit] = [programs('t17', tell('1.7.9')), programs('t18', tell('1.8.0'))]
  expect((await findTemporalCli(stackWith({ PATH: fit }))).file).toBe(join(fit, 'temporal'))
  expect((await findTemporalCli(stackWith({ PATH: old }))).file).toBe(cached)
  expect((await findTemporalCli(stackWith({ PATH: folder }))).file).toBe(cached)
})

test('ports move together, except one that is given by name', () => {
  const env = { LIJIAN_DATA_DIR: join(folder, 'stack'), LIJIAN_API_PORT: '9000' }
  const { config } = makeStack({ env, portOffset: 100 })
  expect([config.apiPort, config.postgresPort, config.temporalPort, config.temporalUiPort]).toEqual([
    9000, 5533, 7333, 8333,
  ])
  expect([config.metricsPort, config.codecPort, config.reportPort]).toEqual([9564, 8334, 9565])
})
