import { createCipheriv, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { KeyList, type NamedKey } from './key-list'
import { maskAccount, onlyKey, sealedWith, Sealer, UnknownKey } from './seal'

const NOW = Date.parse('2027-01-01T00:00:00Z')
const key = randomBytes(32)
const nonce12 = () => randomBytes(12)
const place = 'partner/CCB/payout'
const only = (one = key) => new Sealer(new KeyList(onlyKey(one), () => NOW), nonce12)

test('what is sealed opens again, and nothing of it can be read', () =>
  fc.assert(
    fc.property(fc.string({ minLength: 8, maxLength: 40 }), (text) => {
      const sealed = only().seal(text, place)
      expect(only().open(sealed, place)).toBe(text)
      expect(sealed.includes(Buffer.from(text))).toBe(false)
    }),
  ))

test('another key, another place or one changed bit opens nothing', () => {
  const sealed = only().seal('44201500000000005678', place)
  expect(() => only(randomBytes(32)).open(sealed, place)).toThrow()
  expect(() => only().open(sealed, 'partner/ICBC/payout')).toThrow()
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed)
    changed[i]! ^= 1
    expect(() => only().open(changed, place)).toThrow()
    expect(() => only().open(sealed.subarray(0, i), place)).toThrow()
  }
})

test('the same number twice is two texts', () => {
  const [a, b] = [1, 2].map(() => only().seal('44201500000000005678', place))
  expect(a!.equals(b!)).toBe(false)
  expect(maskAccount('44201500000000005678')).toBe('****5678')
})

const anyKeys = fc
  .uniqueArray(
    fc.record({ id: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/), from: fc.option(fc.constantFrom('2020-01-01', '2026-12-31', '2027-01-01', '2027-01-02'), { nil: undefined }) }), // prettier-ignore
    { minLength: 1, maxLength: 5, selector: ({ id }) => id },
  )
  .map((keys) => keys.map(({ id, from }): NamedKey => ({ id, key: randomBytes(32), ...(from && { from }) })))

test('the newest key whose date has come seals and stands in the text; all open, also after the date of another', () =>
  fc.assert(
    fc.property(anyKeys, fc.string(), (keys, text) => {
      let now = NOW
      const sealer = new Sealer(new KeyList(keys, () => now), nonce12)
      const come = keys.filter(({ from = '' }) => from <= '2027-01-01').map(({ from = '' }) => from)
      const newest = keys.find(({ from = '' }) => from === come.sort().at(-1))
      const sealed = sealer.seal(text, place)
      if (newest) expect(sealedWith(sealed)).toBe(newest.id)
      now += 86_400_000
      expect(sealer.open(sealed, place)).toBe(text)
      const without = keys.filter(({ id }) => id !== sealedWith(sealed))
      if (without.length > 0)
        expect(() => new Sealer(new KeyList(without, () => NOW), nonce12).open(sealed, place)).toThrow(UnknownKey)
    }),
  ))

test('a text of the release that named no key opens with whichever key sealed it', () => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
  const sealed = Buffer.concat([
    Buffer.from([1]),
    nonce,
    cipher.update('张三', 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ])
  const keys = [{ id: 'new', key: randomBytes(32), from: '2026-01-01' }, ...onlyKey(key, 'old')]
  const sealer = new Sealer(new KeyList(keys, () => NOW), nonce12)
  expect(sealer.open(sealed, place)).toBe('张三')
  expect(sealedWith(sealed)).toBeUndefined()
  expect(sealer.isCurrent(sealed)).toBe(false)
  expect(() => sealer.open(sealed, 'partner/ICBC/payout')).toThrow(UnknownKey)
  expect(() => new Sealer(new KeyList([keys[0]!], () => NOW), nonce12).open(sealed, place)).toThrow(
    'LIJIAN_ACCOUNT_KEY',
  )
})

test('bytes that nobody has sealed are refused, whatever they are', () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(0, 1, 2, 3), (bytes, version) => {
      expect(() => only().open(Buffer.from([version, ...bytes]), place)).toThrow()
    }),
  ))
