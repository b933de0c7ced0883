import { onlyKey } from './seal'
import { KeyList } from './key-list'
import { LijianError } from '@lijian/contracts/system'
import type { TransactionRequest } from '@lijian/contracts/marketing'
import { BinTable, parseBinRows } from './bin-table'
import { Edge } from './edge'

const rows = parseBinRows(
  'bin,bin_len,card_len,bank_code,bank_name,card_type,sources,conflict\n622202,6,19,ICBC,x,DC,a,',
)
const edge = new Edge(new KeyList(onlyKey(Buffer.alloc(32, 1)), () => 0), new BinTable(rows))
const pan = '6222021234567890128'
const body = (changed: Partial<TransactionRequest> = {}): TransactionRequest => ({
  serial: 'T1',
  merchant: 'M1',
  amount: 100,
  currency: 'CNY',
  paymentMethod: 'swipe',
  ...changed,
})
const hashes = (...changed: Partial<TransactionRequest>[]) =>
  new Set(changed.map((c) => edge.query(body(c)).bodyHash)).size

test('nothing that names a person or a card goes further', () => {
  const { request } = edge.query(
    body({ card: { pan }, customer: 'Zhang San', identities: { phone: '13800138000', idNumber: '11010119900307' } }),
  )
  expect(JSON.stringify({ ...request, card: { ...request.card, digits: undefined } })).not.toMatch(
    /6222021234567890128|Zhang|13800138000|11010119900307/,
  )
  expect(Object.values(request.identities!)).toEqual([expect.stringMatching(/^id_/), expect.stringMatching(/^id_/)])
  expect(request).not.toHaveProperty('customer')
  expect(request.customerToken).toMatch(/^cu_/)
})

test('the table fills what the request does not say', () => {
  expect(edge.query(body({ card: { pan } })).request).toMatchObject({
    issuer: 'ICBC',
    cardType: 'debit',
    scheme: 'unionpay',
  })
  const said = edge.query(body({ card: { pan }, issuer: 'BOC', cardType: 'credit', scheme: 'visa' })).request
  expect(said).toMatchObject({ issuer: 'BOC', cardType: 'credit', scheme: 'visa' })
})

test.each`
  _case                                        | changes                                                                  | different
  ${'the deadline is not part of the payment'} | ${[{}, { deadlineMs: 10 }]}                                              | ${1}
  ${'the amount is'}                           | ${[{}, { amount: 101 }]}                                                 | ${2}
  ${'so is the hold'}                          | ${[{}, { holdSeconds: 10 }]}                                             | ${2}
  ${'so are card and customer'}                | ${[{}, { card: { pan } }, { customer: 'C1' }, { customer: 'C2' }]}       | ${4}
  ${'so are identities'}                       | ${[{}, { identities: { phone: '1' } }, { identities: { device: '1' } }]} | ${3}
`('the hash of a body: $_case', ({ changes, different }) => expect(hashes(...changes)).toBe(different))

test('a card number and its own token are the same card, and never the same body', () => {
  const byPan = edge.query(body({ card: { pan } }))
  const { token, bin, last4 } = byPan.request.card!
  const byToken = edge.query(body({ card: { token, bin, last4 } }))
  expect(byToken.bodyHash).not.toBe(byPan.bodyHash)
  // A release before stored what is behind the form.
  expect(byToken.bodyHash.slice(3)).toBe(byPan.bodyHash.slice(3))
  const [number, known] = [edge.query(body({ identities: { card: pan } })), edge.query(body(), { identityTokens: { card: token } })] // prettier-ignore
  expect([number.bodyHash.slice(0, 3), known.bodyHash.slice(0, 3)]).toEqual(['-p.', '-t.'])
  expect(edge.shown(token)).toMatch(/^cs_[A-Za-z0-9_-]{43}$/)
  expect(byToken.request).toMatchObject({ cardType: 'debit' })
})

test('a wrong number is refused without its digits', () => {
  const wrong = '6222021234567890129'
  const refused = () => edge.query(body({ card: { pan: wrong } }))
  expect(refused).toThrow(LijianError)
  expect(refused).toThrow(
    expect.objectContaining({
      code: 'invalid_request',
      extra: { errors: [{ path: 'card.pan', message: 'fails the Luhn check' }] },
    }),
  )
  expect(refused).not.toThrow(/[0-9]{4}/)
})

test.each`
  _case                         | value                           | token
  ${'a number becomes a token'} | ${pan}                          | ${[expect.stringMatching(/^cd_/)]}
  ${'a wrong one becomes none'} | ${'6222021234567890129'}        | ${undefined}
  ${'a token stays'}            | ${'cd_abcdefghijklmnopqrstuvw'} | ${['cd_abcdefghijklmnopqrstuvw']}
`('in a card group $_case', ({ value, token }) => expect(edge.groupCard(value)).toEqual(token))

test('a customer whose token is already known is the same customer', () => {
  const byName = edge.query(body({ customer: 'C1' }))
  const byToken = edge.query(body(), { customerToken: byName.request.customerToken })
  expect(byToken).toEqual(byName)
})

test('under a list of keys everything has its tokens under all of them, and the body the hash that it had', () => {
  const old = { id: 'old', key: Buffer.alloc(32, 1) }
  const list = [old, { id: 'mid', key: Buffer.alloc(32, 2), from: '2026-01-01' }, { id: 'new', key: Buffer.alloc(32, 3), from: '2027-01-01' }] // prettier-ignore
  const at = (date: string) => new Edge(new KeyList(list, () => Date.parse(date)), new BinTable(rows))
  const asked = body({ card: { pan }, customer: 'C1', identities: { phone: '13800000000', card: pan } })
  const before = edge.query(asked)
  expect(before.request.earlier).toBeUndefined()
  const { request, bodyHash } = at('2027-01-01').query(asked)
  const [card, customer, phone] = [request.card!.token, request.customerToken!, request.identities!.phone!]
  expect(Object.keys(request.earlier!).sort()).toEqual([card, customer, phone].sort())
  const oldest = Object.fromEntries(Object.entries(request.earlier!).map(([token, earlier]) => [token, earlier.at(-1)]))
  expect(oldest).toEqual({
    [card]: before.request.card!.token,
    [customer]: before.request.customerToken,
    [phone]: before.request.identities!.phone,
  })
  expect(bodyHash).toBe(before.bodyHash)
  const between = at('2026-12-31').query(asked)
  expect(between.bodyHash).toBe(before.bodyHash)
  expect(request.earlier![card]).toEqual([between.request.card!.token, before.request.card!.token])
  // A token has no other, and is what it was.
  const known = at('2027-01-01').query(body({ card: { token: before.request.card!.token } }))
  expect([known.request.earlier, known.request.card]).toEqual([undefined, { token: before.request.card!.token }])
})
