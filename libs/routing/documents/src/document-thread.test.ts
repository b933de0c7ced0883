import { sourceExecArgv } from '@lijian/testing'
import { DocumentThread } from './document-thread'
import { check } from './document-work'
import { routing } from './testing/routing'

const thread = new DocumentThread(sourceExecArgv)
afterAll(() => thread.close())

const merchants = Array.from({ length: 3000 }, (_, i) => ({
  merchant: `M${i + 1}`,
  routes: [{ method: 'wechat', type: 'qr', pools: ['P-A'] }],
}))
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text))
const body = JSON.stringify(
  routing([{ dailyAmount: 1000 }, { serviceHours: [['08:00', '20:00']], allowedMerchants: ['M1'] }], { merchants }),
)

test('it says what the functions say, and meanwhile this thread goes on', async () => {
  let turns = 0
  let isChecked = false
  const count = () => void (turns++, isChecked || setImmediate(count))
  setImmediate(count)
  const lastMonth = new Map([['M1', 5_000_000]])
  const checked = await thread.check({ bytes: bytesOf(body), lastMonth }).finally(() => (isChecked = true))
  expect(checked).toEqual(check({ bytes: bytesOf(body), lastMonth }))
  expect(checked).toMatchObject({ text: body, said: { mids: 2, merchants: 3000 } })
  expect(turns).toBeGreaterThan(20)
})

test.each(['{', '{"__proto__": {"mids": []}}', 'no'])('what is no JSON is told as such: %s', async (text) => {
  expect(await thread.check({ bytes: bytesOf(text), lastMonth: new Map() })).toEqual({ notJson: true })
})

test('bytes that are no text are told with their place', async () => {
  const bytes = new Uint8Array([0x7b, 0x0a, 0xff])
  expect(await thread.check({ bytes, lastMonth: new Map() })).toEqual({
    notText: [{ path: 'line 2, byte 1', message: 'expected text in UTF-8' }],
  })
})

test('nothing, and something else than a document, has errors', async () => {
  for (const text of ['', 'null', '[]', '"x"'])
    expect(await thread.check({ bytes: bytesOf(text), lastMonth: new Map() })).toEqual({
      errors: expect.any(Array) as [],
    })
})

test('asks for a document once, then knows it', async () => {
  const [known, taken] = [new Map(), new Map([['MID-1', { amountFen: 700 }]])]
  const question = { version: 3, merchants: known, taken, from: 0, limit: 1 }
  expect(await thread.complianceLists(question)).toBeUndefined()
  const lists = await thread.complianceLists({ ...question, text: body })
  expect(lists).toMatchObject({ concentration: { total: 2, items: [{ mid: 'MID-1', amount: 700 }], next: '1' } })
  expect(await thread.complianceLists({ ...question, list: 'concentration' })).toEqual({
    concentration: lists!.concentration,
  })
  expect(await thread.complianceLists({ ...question, version: 4 })).toBeUndefined()
})

test('a thread that cannot start is an error of the question, not silence and not the end of the process', async () => {
  const broken = new DocumentThread(['-r', '/nowhere'])
  for (let i = 0; i < 2; i++)
    await expect(broken.check({ bytes: bytesOf(body), lastMonth: new Map() })).rejects.toMatchObject({
      code: 'MODULE_NOT_FOUND',
    })
  await broken.close()
})
