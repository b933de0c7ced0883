import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { createPayloadCodec, payloadKeyId } from './payload-codec'

const key = Buffer.alloc(32, 1)
const newer = Buffer.alloc(32, 2)
const nonce = () => randomBytes(12)
const codec = createPayloadCodec({ keys: [key], nonce })
const payload = (text: string) => ({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(text) })
const texts = (payloads: { data?: Uint8Array | null }[]) => payloads.map(({ data }) => Buffer.from(data!).toString())

test('what is encrypted comes back, metadata and data', async () => {
  const metadata = fc.dictionary(fc.string(), fc.uint8Array())
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ metadata, data: fc.uint8Array() })), async (payloads) => {
      const back = await codec.decode(await codec.encode(payloads))
      const plain = back.map(({ metadata: names, data }) => ({ metadata: { ...names }, data }))
      expect(plain).toEqual(payloads.map((one) => ({ metadata: { ...one.metadata }, data: one.data })))
    }),
  )
})

test('nothing of it can be read without the key, and it says which key it needs', async () => {
  const [sealed] = await codec.encode([payload('"S1-of-till"')])
  expect(Buffer.from(sealed!.data!).includes('S1-of-till')).toBe(false)
  expect(texts([{ data: sealed!.metadata!['encoding']! }])).toEqual(['binary/encrypted'])
  expect(texts([{ data: sealed!.metadata!['encryption-key-id']! }])).toEqual([payloadKeyId(key)])
})

test('the same payload is sealed differently each time', async () => {
  const [one, two] = await codec.encode([payload('"same"'), payload('"same"')])
  expect(Buffer.from(one!.data!).equals(Buffer.from(two!.data!))).toBe(false)
})

test('a payload from before encryption was switched on is read as it is', async () => {
  expect(texts(await codec.decode([payload('"old"')]))).toEqual(['"old"'])
})

test('after a change of key the older one still reads what it once sealed', async () => {
  const old = await codec.encode([payload('"S1"')])
  const rotated = createPayloadCodec({ keys: [newer, key], nonce })
  expect(texts(await rotated.decode(old))).toEqual(['"S1"'])
  await expect(codec.decode(await rotated.encode([payload('"S2"')]))).rejects.toThrow(
    `payload was encrypted with key ${payloadKeyId(newer)}, which is not configured here`,
  )
})

test('one changed bit is noticed', async () => {
  const [sealed] = await codec.encode([payload('"S1"')])
  const data = Buffer.from(sealed!.data!)
  data[20]! ^= 1
  await expect(codec.decode([{ ...sealed, data }])).rejects.toThrow()
})

test('the newest key whose time has come encrypts; all decrypt', async () => {
  const keys = [
    { key, fromMs: 0 },
    { key: newer, fromMs: 1000 },
  ]
  const sealedAt = async (nowMs: number) => {
    const [sealed] = await createPayloadCodec({ keys, nonce, now: () => nowMs }).encode([payload('"x"')])
    return texts([{ data: sealed!.metadata!['encryption-key-id']! }])[0]
  }
  expect([await sealedAt(999), await sealedAt(1000)]).toEqual([payloadKeyId(key), payloadKeyId(newer)])
  const future = createPayloadCodec({ keys: [{ key: newer, fromMs: 1000 }], nonce, now: () => 0 })
  expect(texts(await future.decode(await future.encode([payload('"x"')])))).toEqual(['"x"'])
})

test('a plain payload is none from a date on: what stands in its place no border lets in', async () => {
  const until = (nowMs: number) => createPayloadCodec({ keys: [key], nonce, now: () => nowMs, plainUntilMs: 1000 })
  expect(texts(await until(999).decode([payload('"old"')]))).toEqual(['"old"'])
  expect(texts(await until(1000).decode([payload('"old"')]))).toEqual(['"\\udcfe"'])
  const sealed = await until(999).encode([payload('"new"')])
  expect(texts(await until(1000).decode(sealed))).toEqual(['"new"'])
})
