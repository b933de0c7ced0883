import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { maskAccount, openText, sealText } from './seal'

const key = randomBytes(32)
const place = 'partner/CCB/payout'
const nonce = () => randomBytes(12)

test('what is sealed opens again, and nothing of it can be read', () =>
  fc.assert(
    fc.property(fc.string({ minLength: 8, maxLength: 40 }), (text) => {
      const sealed = sealText(text, { key, place }, nonce())
      expect(openText(sealed, { key, place })).toBe(text)
      expect(sealed.includes(Buffer.from(text))).toBe(false)
    }),
  ))

test('another key, another place or one changed bit opens nothing', () => {
  const sealed = sealText('44201500000000005678', { key, place }, nonce())
  expect(() => openText(sealed, { key: randomBytes(32), place })).toThrow()
  expect(() => openText(sealed, { key, place: 'partner/ICBC/payout' })).toThrow()
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed)
    changed[i]! ^= 1
    expect(() => openText(changed, { key, place })).toThrow()
  }
})

test('the same number twice is two texts', () => {
  const [a, b] = [nonce(), nonce()].map((n) => sealText('44201500000000005678', { key, place }, n))
  expect(a!.equals(b!)).toBe(false)
  expect(maskAccount('44201500000000005678')).toBe('****5678')
})
