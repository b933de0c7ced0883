import { ConfigError, type Environment, loadConfig, loadStackConfig } from './load'
import { markdownTable, variableTable } from './table'

const hex = 'ab'.repeat(32)
const least: Environment = {
  DATABASE_URL: 'postgresql://lijian:secret@db:5432/lijian',
  TEMPORAL_ADDRESS: 'temporal:7233',
  LIJIAN_TOKEN_KEY: hex,
  LIJIAN_DRAW_KEY: hex,
  LIJIAN_ACCOUNT_KEY: hex,
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
  expect(loadConfig(least).tokenKey).toHaveLength(32)
  expect(loadConfig(least)).not.toHaveProperty('payloadKey')
})

test('keys of payloads are a list with names and dates, each once', () => {
  const [a, b] = ['ab'.repeat(32), 'cd'.repeat(32)]
  const read = (list: string) => loadConfig({ ...least, LIJIAN_PAYLOAD_KEYS: list }).payloadKeys
  expect(read(`2026a:${a}, 2026b:${b}@2027-01-01`)).toEqual([
    { id: '2026a', key: Buffer.from(a, 'hex') },
    { id: '2026b', key: Buffer.from(b, 'hex'), from: '2027-01-01' },
  ])
  for (const wrong of [a, `x:${a},x:${b}`, `x:${a},y:${a}`, `x:${a}@2027-13-01`, `x:${a},`, `x:${a.slice(2)}`])
    expect(() => read(wrong)).toThrow(/LIJIAN_PAYLOAD_KEYS: found a text of \d+ characters/)
})

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
  expect(problemsOf(without)).toEqual(['LIJIAN_TOKEN_KEY: missing; expected 64 hexadecimal digits (32 bytes)'])
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
