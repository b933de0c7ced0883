import { Lifetimes } from './lifetimes'

function opening(lifetimes: Lifetimes, said: string[], what: string, broken = false): void {
  lifetimes.add(what, what, (name) => {
    said.push(name)
    if (broken) throw new Error('stuck')
  })
}

test('the last opened closes first, each once', async () => {
  const said: string[] = []
  const lifetimes = new Lifetimes()
  for (const what of ['pool', 'catalog', 'server']) opening(lifetimes, said, what)
  await Promise.all([lifetimes.close(), lifetimes.close()])
  expect(said).toEqual(['server', 'catalog', 'pool'])
})

test('one that does not close stops no other, and is named', async () => {
  const said: string[] = []
  const lifetimes = new Lifetimes()
  opening(lifetimes, said, 'pool')
  opening(lifetimes, said, 'catalog', true)
  opening(lifetimes, said, 'server', true)
  await expect(lifetimes.close()).rejects.toThrow('server did not close; catalog did not close')
  expect(said).toEqual(['server', 'catalog', 'pool'])
})

test('a start that fails closes what it had opened and says why it failed', async () => {
  const said: string[] = []
  const start = Lifetimes.start(async (lifetimes) => {
    opening(lifetimes, said, 'pool')
    opening(lifetimes, said, 'catalog')
    throw new Error('no Temporal')
  })
  await expect(start).rejects.toThrow('no Temporal')
  expect(said).toEqual(['catalog', 'pool'])
})

test('a start that fails and cannot let go says both', async () => {
  const start = Lifetimes.start(async (lifetimes) => {
    opening(lifetimes, [], 'pool', true)
    throw new Error('no Temporal')
  })
  const failure = await start.catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(AggregateError)
  expect((failure as AggregateError).errors.map(String)).toEqual([
    'Error: no Temporal',
    expect.stringContaining('pool did not close'),
  ])
})

test('one that takes too long is named and passed over, and all together have a limit', async () => {
  const said: string[] = []
  const lifetimes = new Lifetimes({ eachMs: 40, allMs: 100 })
  for (const what of ['pool', 'catalog', 'server']) opening(lifetimes, said, what)
  for (const what of ['one', 'two', 'three', 'four']) lifetimes.add(what, what, () => new Promise(() => undefined))
  const begun = performance.now()
  const failure = (await lifetimes.close().catch((error: unknown) => error)) as Error
  expect(performance.now() - begun).toBeLessThan(1000)
  expect(failure.message).toMatch(
    /^four did not close within 40 ms; three did not close within 40 ms; two did not close/,
  )
  // What comes after the limit is begun all the same.
  expect(said).toEqual(['server', 'catalog', 'pool'])
  expect(lifetimes.open).toEqual(expect.arrayContaining(['four', 'three', 'two', 'one']))
})
