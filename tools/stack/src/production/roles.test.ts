import { hash } from 'node:crypto'
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { type Child, startChild, stopProcess } from '../core/child'
import { freePort } from '../core/ports'
import { repositoryRoot } from '../core/stack'
import { within } from '../core/wait'
import { accountFor, commandAs } from '../programs/account'
import { findPostgres } from '../programs/postgres'
import { onPath, run as runProgram } from '../programs/run'
import { answersOk } from '../servers/node-app'

/**
 * The three logins of docker-compose.yml on a real PostgreSQL: docker/postgres-roles.sh with psql, as the image runs it, then migrations, the
 * first administrator and a payment, each with its own login.
 */
const root = repositoryRoot()
const folder = mkdtempSync(join(tmpdir(), 'lijian-roles-'))
const run = promisify(execFile)
let port: number
let server: Child
const apps: ChildProcess[] = []

const log = join(folder, 'postgres.log')

beforeAll(async () => {
  if (onPath('psql', process.env['PATH']).length === 0)
    throw new Error(
      'psql is needed to run docker/postgres-roles.sh: install the client of PostgreSQL (Debian: postgresql-client)',
    )
  port = await freePort()
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir)
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, 'for the first start')
  const account = accountFor(dataDir)
  // As root the server runs as another user, who must be able to pass through and to make its socket.
  chmodSync(folder, 0o777)
  if (account) chownSync(dataDir, account.uid, account.gid)
  // Version 18, as in docker-compose.yml: nothing on this PATH.
  const programs = await findPostgres(dataDir, '')
  const as = (file: string, args: string[]) => commandAs(account, { file, args, cwd: '/' }, [dataDir, file])
  // As in the image: whoever is on the machine itself comes in over the socket.
  const auth = ['--auth-local=trust', '--auth-host=scram-sha-256', `--pwfile=${passwordFile}`]
  await runProgram(
    as(programs.initdb, [
      `--pgdata=${dataDir}`,
      '--username=postgres',
      '--locale=C',
      '--encoding=UTF8',
      '--no-sync',
      ...auth,
    ]),
    {},
  )
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'fsync=off',
    'log_statement=all',
  ]
  const command = as(programs.postgres, ['-D', dataDir, ...settings.flatMap((setting) => ['-c', setting])])
  server = await startChild(command, { PATH: process.env['PATH'] }, log)
  const answers = () =>
    query(url('postgres', 'for the first start', 'postgres'), 'SELECT 1').then(
      () => true,
      () => false,
    )
  expect(await within(60_000, 200, answers)).toBe(true)
})

afterAll(async () => {
  for (const app of apps) app.kill('SIGKILL')
  await stopProcess(server.identity, 'SIGINT')
  rmSync(folder, { recursive: true, force: true })
})

const passwords = { LIJIAN_OWNER_PASSWORD: "owner's", LIJIAN_APP_PASSWORD: 'service', TEMPORAL_DB_PASSWORD: 'temporal' }
const makeRoles = (secrets: Record<string, string>) =>
  run('sh', [join(root, 'docker', 'postgres-roles.sh')], {
    env: { PATH: process.env['PATH'], PGHOST: folder, PGPORT: String(port), POSTGRES_USER: 'postgres', ...secrets },
  })

const url = (user: string, password: string, database = 'lijian') =>
  `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
const owner = () => url('lijian', "owner's")
const service = () => url('lijian_service', 'service')

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString })
  try {
    await client.connect()
    return (await client.query(sql)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

test('the script makes three logins, also a second time, and its passwords are in no log', async () => {
  await makeRoles({ ...passwords, LIJIAN_APP_PASSWORD: 'another' })
  await expect(query(service(), 'SELECT 1')).rejects.toThrow('password authentication failed')
  await makeRoles(passwords)
  expect(await query(service(), 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await expect(query(url('postgres', 'for the first start', 'postgres'), 'SELECT 1')).rejects.toThrow(
    'password authentication failed',
  )
  for (const secret of ["'another'", "'owner''s'"]) expect(readFileSync(log, 'utf8')).not.toContain(secret)
})

test('migrations run as the owner, who is no superuser, and makes no role', async () => {
  const cli = join(root, 'apps', 'cli', 'dist', 'migrate', 'cli.js')
  const { stdout } = await run(process.execPath, [cli], { env: { PATH: process.env['PATH'], DATABASE_URL: owner() } })
  expect(stdout).toContain('applied Initial')
  expect(await query(owner(), 'SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user')).toEqual([
    { rolsuper: false, rolcreaterole: false },
  ])
})

const key = (text: string) => hash('sha256', text)
async function start(app: 'api' | 'report-generator', portVariable: string): Promise<string> {
  const [at, internal] = [await freePort(), await freePort()]
  const env = {
    ...{ PATH: process.env['PATH'], DATABASE_URL: service(), LIJIAN_INTERNAL_PORT: String(internal) },
    [portVariable]: String(at),
    ...{ LIJIAN_QUERY_DEADLINE_MS: '10000', TEMPORAL_ADDRESS: '127.0.0.1:1' },
    ...{ LIJIAN_TOKEN_KEY: key('a'), LIJIAN_DRAW_KEY: key('b'), LIJIAN_ACCOUNT_KEY: key('c') },
  }
  apps.push(
    spawn(process.execPath, [join(root, 'apps', app, 'dist', 'main.js')], { env, cwd: folder, stdio: 'ignore' }),
  )
  const base = `http://127.0.0.1:${at}`
  expect(
    await within(90_000, 200, () => answersOk(`http://127.0.0.1:${app === 'api' ? internal : at}/health/ready`)),
  ).toBe(true)
  return base
}

/** As two persons would have them whom two administrators have let in: a person, a role, a key. */
async function peopleWithKeys(...rights: string[][]): Promise<[string, string, string, string]> {
  const made = rights.map((scopes, i) => ({
    id: `p-${i}`,
    scopes: scopes.join(),
    token: `lj_k${i}_${key(`key ${i}`)}`,
  }))
  for (const { id, scopes, token } of made)
    await query(
      owner(),
      `INSERT INTO role (code, name, name_zh, scopes) VALUES ('${id}', 'r', 'r', '{${scopes}}');
       INSERT INTO person (id, login, name, branch, roles) VALUES ('${id}', '${id}', 'P', 'head-office', '{${id}}');
       INSERT INTO api_key (id, client, person, name, hash, scopes) VALUES ('k-${id}', 'operations', '${id}', 'k', '${key(token)}', '{${scopes}}')`,
    )
  return made.map(({ token }) => token) as [string, string, string, string]
}

/** As the guide has it, on the server. */
const enrol = (databaseUrl: string) =>
  run(process.execPath, [join(root, 'apps', 'cli', 'dist', 'keys', 'cli.js'), 'enrol'], {
    env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl },
    cwd: folder,
  }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
  )

test('the first administrator comes by a code of the owner’s; then keys, a campaign, a payment and a report, with the service login alone', async () => {
  expect(await enrol(service())).toEqual({ code: 1, stdout: '' })
  const code = (await enrol(owner())).stdout.trim()
  expect(await query(owner(), 'SELECT FROM api_key')).toEqual([])
  // Before the api reads its keys.
  await query(owner(), `INSERT INTO client (code, name) VALUES ('operations', 'o')`)
  const [maker, checker, finance, admin] = await peopleWithKeys(
    ['campaigns.make', 'merchants'],
    ['campaigns.check'],
    ['finance'],
    ['admin'],
  )
  const base = await start('api', 'LIJIAN_API_PORT')
  const ask = async (bearer: string, method: string, path: string, body: object) => {
    const headers = { ...(bearer && { authorization: `Bearer ${bearer}` }), 'content-type': 'application/json' }
    return (await (await fetch(base + path, { method, headers, body: JSON.stringify(body) })).json()) as Record<
      string,
      unknown
    >
  }
  const first = { enrolment: code, login: 'first.admin', name: 'First', password: 'correct horse 42' }
  expect(await ask('', 'POST', '/v1/enrolments', first)).toMatchObject({ login: 'first.admin' })
  expect(await query(owner(), `SELECT roles FROM person WHERE login = 'first.admin'`)).toEqual([
    { roles: ['administrator'] },
  ])
  const till = (
    await ask(admin, 'POST', '/v1/api-keys', { client: 'operations', name: 'k', scopes: ['transactions'] })
  )['key'] as string
  await ask(maker, 'PUT', '/v1/merchants/M-1', { id: 'M-1', name: 'Noodles', fees: { default: { ppm: 6_000 } } })
  const { hash } = await ask(maker, 'PUT', '/v1/campaigns/C-1', {
    ...{
      code: 'C-1',
      name: '100-15',
      timeZone: 'Asia/Shanghai',
      from: '2026-01-01',
      currency: 'CNY',
      paymentMode: 'postpay',
    },
    funders: [{ partner: 'BANK', sharePpm: 1_000_000 }],
    offers: [
      {
        ...{ code: 'O-1', name: '100-15', kind: 'amount', merchants: ['M-1'] },
        rule: { conditions: {}, benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] } },
      },
    ],
  })
  await ask(checker, 'POST', '/v1/campaigns/C-1/approve', { hash })
  const payment = { serial: 'S-1', merchant: 'M-1', amount: 10_000, paymentMethod: 'qr' }
  expect(await ask(till, 'POST', '/v1/transactions', payment)).toMatchObject({ state: 'held', payable: 8_500 })
  expect(await ask(till, 'POST', '/v1/transactions/S-1/result', { outcome: 'success', paid: 8_500 })).toMatchObject({
    state: 'confirmed',
  })
  await start('report-generator', 'LIJIAN_REPORT_PORT')
  const [{ date } = { date: '' }] = (await query(
    service(),
    'SELECT max(business_date)::text AS date FROM journal',
  )) as { date: string }[]
  const words = ['merchant', '--from', date, '--format', 'csv', '--section', 'details', '--output', 'report.csv']
  await run(process.execPath, [join(root, 'apps/cli/dist/report/cli.js'), ...words, '--url', base, '--key', finance], {
    env: { PATH: process.env['PATH'] },
    cwd: folder,
  })
  expect(readFileSync(join(folder, 'report.csv'), 'utf8')).toContain('S-1')
})

test('each login is kept to its own', async () => {
  for (const sql of ['CREATE TABLE mine ()', 'CREATE SCHEMA mine'])
    await expect(query(service(), sql)).rejects.toThrow(/permission denied for (schema public|database lijian)/)
  for (const sql of [
    'ALTER TABLE journal ADD mine int',
    'DROP TABLE journal',
    'CREATE INDEX ON journal (business_date)',
  ])
    await expect(query(service(), sql)).rejects.toThrow('must be owner of table journal')
  for (const sql of ['CREATE ROLE mine', `ALTER ROLE temporal PASSWORD 'mine'`, 'SET ROLE lijian'])
    await expect(query(service(), sql)).rejects.toThrow('permission denied')
  for (const database of ['temporal', 'temporal_visibility', 'postgres'])
    for (const [login, password] of [
      ['lijian_service', 'service'],
      ['lijian', "owner's"],
    ] as const)
      await expect(query(url(login, password, database), 'SELECT 1')).rejects.toThrow(
        `permission denied for database "${database}"`,
      )
  await expect(query(url('temporal', 'temporal'), 'SELECT 1')).rejects.toThrow(
    'permission denied for database "lijian"',
  )
  for (const database of ['temporal', 'temporal_visibility'])
    expect(await query(url('temporal', 'temporal', database), 'CREATE TABLE own (id int)')).toEqual([])
})
