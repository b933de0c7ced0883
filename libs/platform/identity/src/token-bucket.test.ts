import { TokenBucket } from './token-bucket'

test('one second is worth its rate, neither more after a rest nor anything for a clock set back', () => {
  const bucket = new TokenBucket(2)
  const at = (...instants: number[]) => instants.map((nowMs) => bucket.take(nowMs))
  expect(at(1000, 1000, 1000)).toEqual([true, true, false])
  expect(at(1499)).toEqual([false])
  expect(at(1500)).toEqual([true])
  expect(at(900_000, 900_000, 900_000)).toEqual([true, true, false])
  expect(at(1000)).toEqual([false])
})
