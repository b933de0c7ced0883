import { hash } from 'node:crypto'
import fc from 'fast-check'
import { ConfigError, type Environment, loadConfig, loadStackConfig } from './load'
import { markdownTable, variableTable } from './table'

const hex = hash('sha256', 'another')
const least: Environment = {
  DATABASE_URL: 'postgresql://lijian:secret@db:5432/lijian',
  TEMPORAL_ADDRESS: 'temporal:7233',
  LIJIAN_TOKEN_KEY: hash('sha256', 'token'),
  LIJIAN_DRAW_KEY: hash('sha256', 'draw'),
  LIJIAN_ACCOUNT_KEY: hash('sha256', 'account'),
}

function problemsOf(env: Environment, load: (env: Environment) => unknown = loadConfig): readonly string[] {
  try {
    load(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

test('what is not given has its default', () => {
  expect(loadConfig(least)).toMatchObject({
    apiHost: '127.0.0.1',
    apiPort: 8080,
    temporalNamespace: 'default',
    queryDeadlineMs: 50,
    holdSeconds: 900,
    relayStartDelayMs: 1000,
    relayLanes: 8,
    cutOff: '24:00',
    timeZone: 'Asia/Shanghai',
    profile: 'dev',
    batchMax: 64,
    waitingMax: 10000,
  })
  expect(loadConfig(least).tokenKeys).toEqual([
    { id: expect.stringMatching(/^k[0-9a-f]{12}$/), key: expect.any(Buffer), from: '1970-01-01' },
  ])
  expect(loadConfig(least)).not.toHaveProperty('payloadKey')
})

test('keys of payloads are a list with names and dates, each once', () => {
  const [a, b] = [hash('sha256', 'a'), hash('sha256', 'b')]
  const read = (list: string) => loadConfig({ ...least, LIJIAN_PAYLOAD_KEYS: list }).payloadKeys
  expect(read(`2026a:${a}, 2026b:${b}@2027-01-01`)).toEqual([
    { id: '2026a', key: Buffer.from(a, 'hex') },
    { id: '2026b', key: Buffer.from(b, 'hex'), from: '2027-01-01' },
  ])
  for (const wrong of [a, `x:${a},x:${b}`, `x:${a},y:${a}`, `x:${a}@2027-13-01`, `x:${a},`, `x:${a.slice(2)}`])
    expect(() => read(wrong)).toThrow(/LIJIAN_PAYLOAD_KEYS: found a text of \d+ characters/)
})

test.each(['LIJIAN_TOKEN_KEY', 'LIJIAN_ACCOUNT_KEY'])('%s is a key, or a list with names and dates', (name) => {
  const [a, b] = [hash('sha256', 'a'), hash('sha256', 'b')]
  const read = (list: string) =>
    loadConfig({ ...least, [name]: list })[name === 'LIJIAN_TOKEN_KEY' ? 'tokenKeys' : 'accountKeys']
  const ids = (list: string) => read(list).map(({ id, from }) => [id, from])
  // The id of a key without a name is always the same.
  expect(ids(a)).toEqual([['k2268d97e0221', '1970-01-01']])
  expect(ids(`${a.toUpperCase()}, 2027a:${b}@2027-01-01`)).toEqual([['k2268d97e0221', '1970-01-01'], ['2027a', '2027-01-01']]) // prettier-ignore
  for (const wrong of [
    `${a},${a}`,
    `${a},x:${a}`,
    `x:${a},x:${b}`,
    `x:${a}@2027-13-01`,
    `${a},`,
    a.slice(2),
    `${a}0`,
    'x:',
  ])
    expect(problemsOf({ ...least, [name]: wrong })).toEqual([expect.stringMatching(`^${name}: found a text of`)])
})

test.each`
  weak                                                                              | why
  ${'00'.repeat(32)}                                                                | ${'repeats one byte'}
  ${'11'.repeat(32)}                                                                | ${'repeats one byte'}
  ${'0123'.repeat(16)}                                                              | ${'repeats the same 2 bytes'}
  ${'abc'.repeat(21) + 'a'}                                                         | ${'repeats the same 3 bytes'}
  ${hex.slice(0, 32).repeat(2)}                                                     | ${'repeats the same 16 bytes'}
  ${Buffer.from(Array.from({ length: 32 }, (_, i) => 250 + 3 * i)).toString('hex')} | ${'is a row of numbers'}
  ${Buffer.from('correct horse battery staple 123').toString('hex')}                | ${'is a text that somebody typed'}
  ${'00'.repeat(31) + '01'}                                                         | ${'has only 2 different bytes'}
`('a key that $why is refused by every variable, and not repeated', ({ weak, why }: { weak: string; why: string }) => {
  for (const name of [
    'LIJIAN_TOKEN_KEY',
    'LIJIAN_DRAW_KEY',
    'LIJIAN_ACCOUNT_KEY',
    'LIJIAN_PAYLOAD_KEY',
    'LIJIAN_CLEARING_SIGN_KEY',
    'LIJIAN_DRAW_KEYS_OLD',
  ])
    // prettier-ignore
    expect(problemsOf({ ...least, [name]: weak })).toEqual([
      expect.stringMatching(`^${name}: .* ${why}, so it can be guessed: make one with .openssl rand -hex 32.$`),
    ])
  const problems = problemsOf({ ...least, LIJIAN_PAYLOAD_KEYS: `a:${hex},b:${weak}` })
  expect(problems).toEqual([expect.stringContaining(`LIJIAN_PAYLOAD_KEYS: key b ${why}`)])
  expect(problems.join()).not.toContain(weak)
})

test('a key serves one purpose, whatever the variables', () => {
  const of = { LIJIAN_TOKEN_KEY: 't:', LIJIAN_ACCOUNT_KEY: 's:', LIJIAN_PAYLOAD_KEYS: 'p:', LIJIAN_DRAW_KEY: '', LIJIAN_CLEARING_SIGN_KEY: '' } // prettier-ignore
  const names = Object.keys(of) as (keyof typeof of)[]
  for (const one of names)
    for (const other of names.slice(names.indexOf(one) + 1)) {
      const env = { ...least, [one]: of[one] + hex, [other]: of[other] + hex.toUpperCase() }
      expect(problemsOf(env)).toEqual([
        expect.stringMatching(/ is also in LIJIAN_\w+; each purpose has a key of its own/),
      ])
    }
  // Of one purpose: the single variable, and the list that came after it.
  expect(problemsOf({ ...least, LIJIAN_PAYLOAD_KEY: hex, LIJIAN_PAYLOAD_KEYS: `a:${hex}` })).toEqual([])
})

test('a key from a random generator is never refused', () =>
  fc.assert(
    fc.property(fc.string(), (seed) => {
      expect(problemsOf({ ...least, LIJIAN_TOKEN_KEY: hash('sha256', `random ${seed}`) })).toEqual([])
    }),
  ))

test('what only together makes sense is asked for together', () => {
  expect(() => loadConfig({ ...least, TEMPORAL_TLS_CLIENT_CERT_PATH: 'x' })).toThrow('TEMPORAL_TLS_CLIENT_KEY_PATH')
  expect(() => loadConfig({ ...least, LIJIAN_CODEC_JWKS_URL: 'https://id/jwks' })).toThrow('LIJIAN_CODEC_JWT_AUDIENCE')
})

test('an empty text is a variable that was not given', () => {
  expect(loadConfig({ ...least, LIJIAN_API_PORT: '', LIJIAN_PAYLOAD_KEY: '' })).toMatchObject({ apiPort: 8080 })
})

test.each`
  _case                           | name                               | value                | shown
  ${'a port is a number'}         | ${'LIJIAN_API_PORT'}               | ${'http'}            | ${'"http"'}
  ${'port 0 is one too low'}      | ${'LIJIAN_API_PORT'}               | ${'0'}               | ${'"0"'}
  ${'port 65536 is one too high'} | ${'LIJIAN_API_PORT'}               | ${'65536'}           | ${'"65536"'}
  ${'a profile is known'}         | ${'LIJIAN_PROFILE'}                | ${'prod'}            | ${'"prod"'}
  ${'24:01 is after the day'}     | ${'LIJIAN_CUT_OFF'}                | ${'24:01'}           | ${'"24:01"'}
  ${'00:00 is before the day'}    | ${'LIJIAN_CUT_OFF'}                | ${'00:00'}           | ${'"00:00"'}
  ${'a time zone exists'}         | ${'LIJIAN_TIME_ZONE'}              | ${'Asia/Beijing'}    | ${'"Asia/Beijing"'}
  ${'a method comes once'}        | ${'LIJIAN_HOLD_SECONDS_BY_METHOD'} | ${'qr=1,qr=2'}       | ${'"qr=1,qr=2"'}
  ${'a group comes once'}         | ${'LIJIAN_GROUPS'}                 | ${'a,b,a'}           | ${'"a,b,a"'}
  ${'a hold is at most a day'}    | ${'LIJIAN_HOLD_SECONDS_BY_METHOD'} | ${'qr=86401'}        | ${'"qr=86401"'}
  ${'an address has a port'}      | ${'TEMPORAL_ADDRESS'}              | ${'temporal'}        | ${'"temporal"'}
  ${'a key is never repeated'}    | ${'LIJIAN_TOKEN_KEY'}              | ${'abcdef'}          | ${'a text of 6 characters'}
  ${'nor is a database password'} | ${'DATABASE_URL'}                  | ${'mysql://u:p@h/d'} | ${'a text of 15 characters'}
  ${'old keys are keys'}          | ${'LIJIAN_DRAW_KEYS_OLD'}          | ${`${hex},12`}       | ${'a text of 67 characters'}
  ${'a log scope is known'}       | ${'LIJIAN_DECISION_LOG'}           | ${'some'}            | ${'"some"'}
  ${'an optional key is tested'}  | ${'LIJIAN_PAYLOAD_KEY'}            | ${'zz'.repeat(32)}   | ${'a text of 64 characters'}
`('$_case: $name=$value stops the start by name', ({ name, value, shown }) => {
  const problems = problemsOf({ ...least, [name]: value })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(new RegExp(`^${name}: found `))
  expect(problems[0]).toContain(`found ${shown}; expected `)
})

test.each`
  name                               | value                  | key                      | expected
  ${'LIJIAN_API_PORT'}               | ${'65535'}             | ${'apiPort'}             | ${65535}
  ${'LIJIAN_API_PORT'}               | ${'1'}                 | ${'apiPort'}             | ${1}
  ${'LIJIAN_CUT_OFF'}                | ${'23:00'}             | ${'cutOff'}              | ${'23:00'}
  ${'LIJIAN_DECISION_LOG_DAYS'}      | ${'30'}                | ${'decisionLogDays'}     | ${30}
  ${'LIJIAN_GROUPS'}                 | ${'city, bank'}        | ${'groups'}              | ${['city', 'bank']}
  ${'LIJIAN_HOLD_SECONDS_BY_METHOD'} | ${'qr=7200,swipe=600'} | ${'holdSecondsByMethod'} | ${{ qr: 7200, swipe: 600 }}
`('$name=$value is accepted', ({ name, value, key, expected }) => {
  expect(loadConfig({ ...least, [name]: value })).toHaveProperty(key, expected)
})

test('a missing key stops an app by name; the launcher makes it', () => {
  const { LIJIAN_TOKEN_KEY: _, ...without } = least
  expect(problemsOf(without)).toEqual([
    'LIJIAN_TOKEN_KEY: missing; expected 64 hexadecimal digits (32 bytes), or a list such as 2026a:<64 hex>,2027a:<64 hex>@2027-01-01, each key once',
  ])
  expect(problemsOf({}, loadStackConfig)).toEqual([])
})

test('an unknown variable of ours stops the start with its name; others are not ours', () => {
  expect(problemsOf({ ...least, LIJIAN_API_PROT: '1', PATH: '/bin' })).toEqual([
    'LIJIAN_API_PROT: unknown variable; `./lijian config` lists them all',
  ])
})

test('every problem is told at once', () => {
  expect(problemsOf({ LIJIAN_X: '1', LIJIAN_API_PORT: 'x' }).map((problem) => problem.split(':')[0])).toEqual([
    'LIJIAN_X',
    'DATABASE_URL',
    'TEMPORAL_ADDRESS',
    'LIJIAN_API_PORT',
    'LIJIAN_TOKEN_KEY',
    'LIJIAN_DRAW_KEY',
    'LIJIAN_ACCOUNT_KEY',
  ])
})

test('the table has one row per variable', () => {
  expect(markdownTable().split('\n')).toHaveLength(variableTable.length + 2)
  expect(markdownTable()).toContain('| `LIJIAN_API_PORT` | `8080` | a port number from 1 to 65535 | Port of the API. |')
})

test('an address for notices needs the secret that signs them', () => {
  const env = { ...least, LIJIAN_NOTICE_URL: 'https://notices.example/in' }
  expect(() => loadConfig(env)).toThrow(/LIJIAN_NOTICE_URL: needs LIJIAN_NOTICE_SECRET/)
  expect(loadConfig({ ...env, LIJIAN_NOTICE_SECRET: 's'.repeat(16) })).toMatchObject({
    noticeUrl: env.LIJIAN_NOTICE_URL,
  })
})
