import { isConnectionLost } from './sql-state'

const refused = (code: string, message: string) => Object.assign(new Error(message), { code })

test.each`
  code       | message                                                         | away
  ${'53100'} | ${'could not extend file "base/5/1": No space left on device'}  | ${true}
  ${'XX000'} | ${'could not extend file "base/5/1": File too large'}           | ${true}
  ${'XX000'} | ${'could not write block 3 of "base/5/1": Disk quota exceeded'} | ${true}
  ${'XX000'} | ${'tuple concurrently updated'}                                 | ${false}
  ${'23514'} | ${'new row violates check constraint'}                          | ${false}
`('$code, $message: away $away', ({ code, message, away }: { code: string; message: string; away: boolean }) => {
  expect(isConnectionLost(refused(code, message))).toBe(away)
})
