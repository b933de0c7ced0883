import { stripVTControlCharacters } from 'node:util'

const refused = (check: () => void): string => {
  try {
    check()
  } catch (error) {
    return stripVTControlCharacters((error as Error).message)
  }
  return 'passed'
}

test('what is equal passes, and what differs fails with the words of Jest', () => {
  expect(refused(() => expect(1).toBe(1))).toBe('passed')
  expect(refused(() => expect(Number.NaN).toBe(Number.NaN))).toBe('passed')
  expect(refused(() => expect(0).toBe(-0))).toContain('Expected: -0')
  expect(refused(() => expect({ a: [1, new Set([2])] }).toEqual({ a: [1, new Set([2])], b: undefined }))).toBe('passed')
  expect(refused(() => expect({ a: [1, new Set([2])] }).toEqual({ a: [1, new Set([3])] }))).toContain('deep equality')
  expect(refused(() => expect([1, 2]).toEqual(expect.arrayContaining([2])))).toBe('passed')
  expect(refused(() => expect({ a: undefined }).toStrictEqual({}))).toContain('deep equality')
  expect(refused(() => expect(2).toBeLessThan(2))).toContain('Expected: < 2')
  expect(refused(() => expect(2).toBeLessThanOrEqual(2))).toBe('passed')
  expect(refused(() => expect(3n).toBeGreaterThan(2n))).toBe('passed')
  expect(refused(() => expect('3' as unknown as number).toBeGreaterThan(2))).toContain('must be a number or bigint')
  expect(refused(() => expect(1).not.toBe(1))).toContain('Expected: not 1')
})

test('promises and the count of assertions are as in Jest', async () => {
  expect.assertions(4)
  await expect(Promise.resolve(1)).resolves.toBe(1)
  await expect(Promise.reject(new Error('no'))).rejects.toThrow('no')
  expect(1).toBe(1)
  expect([1]).toEqual([1])
})
