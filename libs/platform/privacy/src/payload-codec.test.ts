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
