import { networkOf, Senders } from './senders'

test.each`
  _case                              | address                   | network
  ${'IPv4'}                          | ${'10.1.2.3'}             | ${'10.1.2.3'}
  ${'IPv4 over an IPv6 socket'}      | ${'::ffff:10.1.2.3'}      | ${'10.1.2.3'}
  ${'IPv6 in full'}                  | ${'2001:db8:1:2:3:4:5:6'} | ${'2001:db8:1:2::'}
  ${'the neighbour in the same /64'} | ${'2001:db8:1:2::9'}      | ${'2001:db8:1:2::'}
  ${'zeros in the middle'}           | ${'2001:db8::5:6'}        | ${'2001:db8:0:0::'}
  ${'this machine'}                  | ${'::1'}                  | ${'0:0:0:0::'}
`('$_case', ({ address, network }: { address: string; network: string }) => expect(networkOf(address)).toBe(network))

test('so many refusals a second, each address by itself; a second later it is looked at again', () => {
  let nowMs = 1_000_000
  const senders = new Senders(3, () => nowMs)
  for (let i = 0; i < 3; i++) {
    expect(senders.isSpent('10.0.0.1')).toBe(false)
    senders.refuse('10.0.0.1')
  }
  expect([senders.isSpent('10.0.0.1'), senders.isSpent('10.0.0.2')]).toEqual([true, false])
  nowMs += 1000
  expect(senders.isSpent('10.0.0.1')).toBe(false)
})

test('probes have a budget of their own', () => {
  let nowMs = 1_000_000
  const senders = new Senders(2, () => nowMs)
  for (let i = 0; i < 5; i++) senders.refuse('10.0.0.1')
  const probes = () => Array.from({ length: 3 }, () => senders.mayProbe('10.0.0.1'))
  expect(probes()).toEqual([true, true, false])
  expect(senders.mayProbe('10.0.0.2')).toBe(true)
  nowMs += 1000
  expect(probes()).toEqual([true, true, false])
})

test('memory is bounded: of very many addresses the oldest are forgotten', () => {
  const senders = new Senders(1, () => 1_000_000)
  for (let i = 0; i <= 10_000; i++) senders.refuse(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`)
  expect([senders.isSpent('10.0.0.0'), senders.isSpent('10.0.0.1')]).toEqual([false, true])
})
