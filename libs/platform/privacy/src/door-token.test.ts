import { hash } from 'node:crypto'
import { isDoorCall, readDoorToken, signDoorCall } from './door-token'

const key = `lj_abc_${'k'.repeat(43)}`
const call = { ask: 'query', client: 'till', serial: 'S1', argument: { amount: 1, merchant: 'M1' } }
const token = signDoorCall(key, call, 1000)
const keyHash = hash('sha256', key, 'hex')

test('a token names its key, holds for its call only, and does not hold the key', () => {
  const read = readDoorToken(token)!
  expect(read).toMatchObject({ keyId: 'abc', atMs: 1000 })
  expect(isDoorCall(keyHash, { ...call, argument: { merchant: 'M1', amount: 1, x: undefined } }, read)).toBe(true)
  const others = [
    { ask: 'confirm' },
    { client: 'other' },
    { serial: 'S2' },
    { argument: { ...call.argument, amount: 2 } },
  ]
  for (const other of others) expect(isDoorCall(keyHash, { ...call, ...other }, read)).toBe(false)
  expect(isDoorCall(keyHash, call, { ...read, atMs: 1001 })).toBe(false)
  expect(isDoorCall(hash('sha256', `${key}x`, 'hex'), call, read)).toBe(false)
  expect(token).not.toContain('kkk')
})

test('what is no token is none, and what is no key signs nothing', () => {
  for (const wrong of [undefined, null, {}, '', 'dt1', `${token}x`, token.slice(1), `dt1.a/b.1.${'a'.repeat(43)}`])
    expect(readDoorToken(wrong)).toBeUndefined()
  expect(() => signDoorCall('secret', call, 1)).toThrow('expected an API key of Lijian')
})
