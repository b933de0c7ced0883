import { Writable } from 'node:stream'
import { createLogger } from './logger'
import { maskCardNumbers } from './mask'

function logged(write: (log: ReturnType<typeof createLogger>) => void): {
  text: string
  line: Record<string, unknown>
} {
  let text = ''
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString()
      done()
    },
  })
  write(createLogger({ service: 'test', level: 'info', destination }))
  return { text, line: JSON.parse(text) as Record<string, unknown> }
}

test('a line is JSON with an instant, a level word and the service', () => {
  expect(logged((log) => log.info({ port: 8080 }, 'listening')).line).toMatchObject({
    level: 'info',
    service: 'test',
    port: 8080,
    msg: 'listening',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  })
})

test.each(['pan', 'phone', 'name', 'customer', 'authorization', 'token', 'secret'])(
  'the value of %s is written at none of four levels',
  (key) => {
    const secret = { [key]: 'hush-hush' }
    const { text } = logged((log) => log.info({ ...secret, a: { ...secret, b: { ...secret, c: secret } } }, 'x'))
    expect(text).not.toContain('hush-hush')
  },
)

test('an error keeps what helps to find it and loses what a database puts into it', () => {
  const error = Object.assign(new Error('boom'), {
    code: '23505',
    constraint: 'merchant_pkey',
    detail: 'Key (id)=(secret)',
  })
  const { text, line } = logged((log) => log.error({ err: error }, 'failed'))
  expect(line.err).toMatchObject({ type: 'Error', message: 'boom', code: '23505', constraint: 'merchant_pkey' })
  expect(text).not.toContain('(secret)')
})

test.each`
  _case                            | line                                  | shown
  ${'a card number in a sentence'} | ${'card 6222021234567890128 refused'} | ${'card [digits] refused'}
  ${'digits that fail Luhn'}       | ${'card 6222021234567890129 refused'} | ${'card 6222021234567890129 refused'}
  ${'twelve digits'}               | ${'417500001116'}                     | ${'417500001116'}
  ${'a serial stays findable'}     | ${'{"serial":"6222021234567890128"}'} | ${'{"serial":"6222021234567890128"}'}
`('$_case', ({ line, shown }) => expect(maskCardNumbers(line)).toBe(shown))
