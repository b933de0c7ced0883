import { LijianError } from '@lijian/contracts/system'
import type { Scope } from '@lijian/contracts/people'
import { authenticate } from './authenticate'
import { TokenBucket } from './token-bucket'

const principal = (scopes: Scope[], ratePerSecond = 100) => ({
  ...{
    keyId: 'k',
    client: 'till',
    scopes: new Set(scopes),
    deadlineMs: undefined,
    mayOmitPaid: false,
    serialsMayLookLikeCards: false,
    notify: false,
  },
  bucket: new TokenBucket(ratePerSecond),
  bucketOf: always(new TokenBucket(ratePerSecond)),
})
const always = (bucket: TokenBucket) => () => bucket
const said = (answer: ReturnType<typeof authenticate>) =>
  answer instanceof LijianError ? [answer.code, answer.detail] : answer.keyId

const { detail: nobody } = new LijianError('unauthenticated')
test.each`
  _case                              | header          | anyOf                        | expected
  ${'the key as a bearer'}           | ${'Bearer key'} | ${['read']}                  | ${'k'}
  ${'one of the scopes is enough'}   | ${'Bearer key'} | ${['admin', 'transactions']} | ${'k'}
  ${'no header'}                     | ${undefined}    | ${['read']}                  | ${['unauthenticated', nobody]}
  ${'another way to say who one is'} | ${'Basic key'}  | ${['read']}                  | ${['unauthenticated', nobody]}
  ${'a key that nobody knows'}       | ${'Bearer kez'} | ${['read']}                  | ${['unauthenticated', nobody]}
  ${'none of the scopes'}            | ${'Bearer key'} | ${['admin', 'cases']}        | ${['forbidden', 'This needs a key with the scope admin or cases']}
  ${'no scope named: nobody may'}    | ${'Bearer key'} | ${[]}                        | ${['forbidden', 'This needs a key with the scope ']}
`('$_case', ({ header, anyOf, expected }) => {
  const known = principal(['read', 'transactions'])
  const keys = { find: (key: string) => (key === 'key' ? known : undefined), isFreshFor: () => true }
  expect(said(authenticate(keys, header as string | undefined, anyOf as Scope[], 1000))).toEqual(expected)
})

test('a key without the scope uses up its rate like any other', () => {
  const known = principal(['read'], 2)
  const keys = { find: () => known, isFreshFor: () => true }
  const codes = ['admin', 'admin', 'read'].map((scope) =>
    said(authenticate(keys, 'Bearer key', [scope as Scope], 1000)),
  )
  expect(codes.map((one) => one[0])).toEqual(['forbidden', 'forbidden', 'too_many_requests'])
})

test('a payment counts for its client alone; anything else for its key and scope too', () => {
  const known = { ...principal(['read', 'transactions'], 100), bucketOf: always(new TokenBucket(1)) }
  const keys = { find: () => known, isFreshFor: () => true }
  const ask = (isPayment: boolean) => said(authenticate(keys, 'Bearer key', ['read'], 1000, { isPayment }))
  expect(['k', 'too_many_requests']).toEqual([ask(false), ask(false)[0]])
  expect([ask(true), ask(true)]).toEqual(['k', 'k'])
})

test('keys that were read too long ago open no door, and the refusal does not say that the key is wrong', () => {
  const known = principal(['read', 'transactions'])
  const keys = { find: () => known, isFreshFor: (anyOf: readonly Scope[]) => anyOf.includes('transactions') }
  const code = (scope: Scope) => said(authenticate(keys, 'Bearer key', [scope], 1000))
  expect(code('transactions')).toBe('k')
  expect(code('read')[0]).toBe('unavailable')
})
