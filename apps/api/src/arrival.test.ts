import { Arrival } from './arrival'

test('what is read after the process was stopped came when it was stopped; later requests come when they are read', () => {
  let steadyMs = 1000
  const wallMs = 5_000_000
  const arrival = new Arrival(
    () => wallMs + steadyMs,
    () => steadyMs,
  )
  const waited = () => wallMs + steadyMs - arrival.atMs()
  expect(waited()).toBe(0)
  steadyMs += 300
  expect(waited()).toBe(0)
  steadyMs += 20_000
  expect(waited()).toBe(20_000)
  steadyMs += 400
  expect(waited()).toBe(20_400)
  steadyMs += 400
  expect(waited()).toBe(20_800)
  steadyMs += 400
  expect(waited()).toBe(0)
  arrival.stop()
})
