import { wrongTexts } from '@lijian/contracts/system'
import fc from 'fast-check'
import { textCodec } from './text-codec'

const GBK = Buffer.from([0xd5, 0xc5, 0xc8, 0xfd])
const payload = (data: Uint8Array, encoding = 'json/plain') => ({ metadata: { encoding: Buffer.from(encoding) }, data })
const decoded = async (data: Uint8Array): Promise<unknown> => {
  const [one] = await textCodec.decode([payload(data)])
  return JSON.parse(Buffer.from(one!.data!).toString('utf8')) as unknown
}
const around = (before: string, after: string) => Buffer.concat([Buffer.from(before), GBK, Buffer.from(after)])

test.each`
  data                                           | path        | what
  ${around('{"by":"', '"}')}                     | ${'by'}     | ${'bytes of a value'}
  ${around('{"a":[{"b":"x', '"}],"c":1}')}       | ${'a[0].b'} | ${'bytes deep inside'}
  ${around('{"', '":1}')}                        | ${'?'}      | ${'bytes of a key'}
  ${around('{"by":', '}')}                       | ${''}       | ${'bytes outside of a string'}
  ${around('{"by":"\\', '"}')}                   | ${''}       | ${'bytes after a backslash'}
  ${Buffer.from('{"by":"x')}                     | ${''}       | ${'JSON that was cut off'}
  ${Buffer.from('\uFEFF{"by":"x"}')}             | ${''}       | ${'a byte order mark'}
  ${Buffer.alloc(0)}                             | ${''}       | ${'nothing'}
  ${Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])} | ${''}       | ${'half of a pair as bytes'}
  ${Buffer.from([0x22, 0xc0, 0x80, 0x22])}       | ${''}       | ${'NUL written too long'}
`('$what are refused, with the place', async ({ data, path }) => {
  expect(wrongTexts(await decoded(data as Buffer))).toEqual([{ path, message: 'expected JSON in UTF-8' }])
})

test('what is JSON in UTF-8 stays as it is, byte for byte', () =>
  fc.assert(
    fc.asyncProperty(fc.json({ stringUnit: 'binary' }), async (text) => {
      const data = Buffer.from(text)
      expect((await textCodec.decode([payload(data)]))[0]!.data).toBe(data)
    }),
  ))

test('payloads of other encodings and ours to others are left alone', async () => {
  const others = [payload(GBK, 'binary/plain'), { data: GBK }, { metadata: {} }]
  expect(await textCodec.decode(others)).toEqual(others)
  expect(await textCodec.encode([payload(GBK)])).toEqual([payload(GBK)])
})
