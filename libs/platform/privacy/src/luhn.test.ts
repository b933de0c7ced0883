import fc from 'fast-check'
import { passesLuhn } from './luhn'

test.each`
  _case                              | pan                      | passes
  ${'the example of ISO/IEC 7812-1'} | ${'4992739871 6'}        | ${false}
  ${'sixteen digits'}                | ${'4111111111111111'}    | ${true}
  ${'one digit changed'}             | ${'4111111111111112'}    | ${false}
  ${'two neighbours swapped'}        | ${'1411111111111111'}    | ${false}
  ${'fifteen digits'}                | ${'378282246310005'}     | ${true}
  ${'nineteen digits'}               | ${'6222021234567890128'} | ${true}
  ${'nothing'}                       | ${''}                    | ${false}
  ${'letters'}                       | ${'41111111111111a1'}    | ${false}
`('$_case', ({ pan, passes }) => expect(passesLuhn(pan)).toBe(passes))

test('of the ten last digits exactly one passes', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{11,18}$/), (head) => {
      const passing = [...'0123456789'].filter((last) => passesLuhn(head + last))
      expect(passing).toHaveLength(1)
    }),
  )
})
