/**
 * `expect` of Jest makes some 360 functions and a stack trace for each call, before it compares (expect 30, `expect` and
 * `makeThrowingMatcher`): properties that compare a million times spent a fifth of their time so. This one compares with Jest's own equality
 * first. What differs, and every other matcher, goes to Jest's `expect`, so failures read the same.
 */
const { equals, iterableEquality } = require('@jest/expect-utils')

const full = globalThis.expect

class Quick {
  constructor(actual) {
    this.actual = actual
  }
}

const numbers = (compare) => (actual, expected) =>
  typeof actual === 'number' && typeof expected === 'number' && compare(actual, expected)

/** What is certainly right. Whatever says no here is asked again. */
const ways = {
  toBe: Object.is,
  toEqual: (actual, expected) => equals(actual, expected, [iterableEquality]),
  toBeGreaterThan: numbers((actual, expected) => actual > expected),
  toBeGreaterThanOrEqual: numbers((actual, expected) => actual >= expected),
  toBeLessThan: numbers((actual, expected) => actual < expected),
  toBeLessThanOrEqual: numbers((actual, expected) => actual <= expected),
}

for (const name of Object.keys(full(undefined))) {
  const same = ways[name]
  Object.defineProperty(
    Quick.prototype,
    name,
    same === undefined
      ? {
          get() {
            return full(this.actual)[name]
          },
        }
      : {
          value: function quick(...expected) {
            if (expected.length === 1 && same(this.actual, expected[0])) {
              full.getState().assertionCalls++
              return
            }
            try {
              full(this.actual)[name](...expected)
            } catch (error) {
              // The line that Jest shows is the test's.
              Error.captureStackTrace(error, quick)
              throw error
            }
          },
        },
  )
}

globalThis.expect = Object.assign(
  (actual, ...rest) => (rest.length > 0 ? full(actual, ...rest) : new Quick(actual)),
  full,
)
