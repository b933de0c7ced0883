import { ApplicationFailure } from '@temporalio/common'
import { textDoor } from './text-door'

const { inbound } = textDoor()
const execute = async (args: unknown[]) =>
  inbound!.execute!({ args, headers: {} }, ({ args: [one] }) => Promise.resolve(one))

test.each`
  args                                   | says
  ${[{ client: 'a', by: 'k\u0000' }]}    | ${'by: expected text'}
  ${[{ rows: [{ reason: 'x\ud800' }] }]} | ${'rows[0].reason: expected text'}
  ${[{ 'x\udc00': 1 }]}                  | ${'?: expected text'}
`('an activity is not asked with $says', async ({ args, says }) => {
  const failure = await execute(args as unknown[]).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ApplicationFailure)
  expect(failure).toMatchObject({
    type: 'invalid_request',
    nonRetryable: true,
    message: expect.stringContaining(says as string),
  })
})

test('everything else goes on', async () => {
  for (const fine of [{ name: '满减 😀' }, 'back\\u0000slash', [undefined, null], 'a\nb'])
    expect(await execute([fine])).toBe(fine)
  expect(await execute([])).toBeUndefined()
})
