import { signWebhook, verifyWebhook } from './webhook-signature'

const body = '{"serial":"S1"}'
const header = signWebhook('whsec_1', body, 1_795_000_000)

test('the signature is HMAC-SHA-256 over time and body', () => {
  // printf '1795000000.{"serial":"S1"}' | openssl dgst -sha256 -hmac whsec_1
  expect(header).toBe('t=1795000000,v1=bc943035555b7b954dcf505fd076082ec11383823e021bfebab428db63171873')
})

test.each([
  ['as sent', 'whsec_1', header, body, 1_795_000_000, true],
  ['300 s later', 'whsec_1', header, body, 1_795_000_300, true],
  ['301 s later', 'whsec_1', header, body, 1_795_000_301, false],
  ['from the future', 'whsec_1', header, body, 1_794_999_699, false],
  ['another secret', 'whsec_2', header, body, 1_795_000_000, false],
  ['another body', 'whsec_1', header, '{"serial":"S2"}', 1_795_000_000, false],
  [
    'another time under the same signature',
    'whsec_1',
    header.replace('000000,', '000001,'),
    body,
    1_795_000_001,
    false,
  ],
  ['no signature', 'whsec_1', '', body, 1_795_000_000, false],
  ['something else', 'whsec_1', 'v1=00', body, 1_795_000_000, false],
])('%s', (_case, secret, signature, received, nowSeconds, expected) => {
  expect(verifyWebhook(secret, signature, received, { nowSeconds })).toBe(expected)
})

test('signed with two secrets it is good for who knows one of them, and a receiver knows no third', () => {
  const both = signWebhook(['whsec_1', 'whsec_2'], body, 1_795_000_000)
  expect(both).toMatch(/^t=1795000000,v1=[0-9a-f]{64},v1=[0-9a-f]{64}$/)
  const verdicts = ['whsec_1', 'whsec_2', 'whsec_3'].map((secret) =>
    verifyWebhook(secret, both, body, { nowSeconds: 1_795_000_000 }),
  )
  expect(verdicts).toEqual([true, true, false])
  expect(
    verifyWebhook('whsec_1', `t=1795000000${`,v1=${'0'.repeat(64)}`.repeat(9)}`, body, { nowSeconds: 1_795_000_000 }),
  ).toBe(false)
})
