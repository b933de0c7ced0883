import { documents } from '../data/documents'
import { agree, type Agreement } from './check'
import type { Answer } from './engine'
import { ENGINES, OURS, PEERS } from './engines'
import { KINDS, paymentsOf } from './payments'
import { plainOffer } from './plain'

const catalog = documents({ offerCount: 100 })

test.each(PEERS)('%s finds what Lijian finds, and gives what it can say', async (name) => {
  const ours = await ENGINES[OURS]!(catalog)
  const peer = await ENGINES[name]!(catalog)
  const payments = await paymentsOf(catalog, ours, 100)
  const agreed: Agreement = { payments: 0, offers: 0, amounts: 0 }
  for (const kind of KINDS)
    for (const [i, payment] of payments[kind].entries()) {
      const expected = ours.answer!(await ours.evaluate(ours.input(payment, i)))
      const said = peer.answer!(await peer.evaluate(peer.input(payment, i)))
      agree(agreed, name, payment.facts.serial, expected, said)
    }
  expect(agreed.payments).toBe(200)
  expect(agreed.offers).toBeGreaterThanOrEqual(100)
  expect(agreed.amounts).toBeGreaterThan(30)
})

const ours: Answer = new Map([
  ['A', 500],
  ['B', 700],
])
const check = (said: Answer) => () => agree({ payments: 0, offers: 0, amounts: 0 }, 'peer', 'S1', ours, said)

test('a peer that says less of the amounts agrees, and it is counted', () => {
  const agreed: Agreement = { payments: 0, offers: 0, amounts: 0 }
  agree(agreed, 'peer', 'S1', ours, new Map([['A', 500] as const, ['B', undefined] as const]))
  expect(agreed).toEqual({ payments: 1, offers: 2, amounts: 1 })
})

test('any difference stops the bench', () => {
  expect(check(new Map([['A', 500]]))).toThrow('Lijian finds the offer, it does not')
  expect(check(new Map([...ours, ['C', 1]]))).toThrow('it finds the offer, Lijian does not')
  expect(check(new Map([...ours, ['B', 701]]))).toThrow('it gives 701 fen, Lijian 700')
})

test('what the peers are not told stops the bench too', () => {
  const [campaign] = catalog.campaigns
  const [offer] = campaign!.offers
  const pinFree = { ...offer!, rule: { ...offer!.rule, conditions: { pinFree: true } } } as typeof offer & object
  expect(() => plainOffer(campaign!, pinFree)).toThrow('does not translate conditions pinFree')
})
