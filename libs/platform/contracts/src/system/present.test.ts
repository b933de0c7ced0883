import { present } from './present'

test('what is undefined is left out, what is empty stays', () => {
  expect(Object.keys(present({ a: undefined, b: null, c: 0, d: '', e: false }))).toEqual(['b', 'c', 'd', 'e'])
  expect({ a: 1, ...present({ a: undefined, b: 2 }) }).toEqual({ a: 1, b: 2 })
})
