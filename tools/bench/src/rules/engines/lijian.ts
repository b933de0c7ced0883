import { Evaluation, grantOffers, type Granting } from '@lijian/decisions'
import { CounterBook } from '@lijian/limits'
import { compileCatalog, rank, screen, type Catalog, type PaymentFacts, type Ranking } from '@lijian/rules'
import { merchant, type Documents } from '../../data/documents'
import type { Engine } from '../engine'

const { fees } = merchant(0)

export function catalogOf({ campaigns, cardGroups }: Documents): Catalog {
  const live = { version: 1, approved: true, suspended: false, suspendedOffers: [] }
  return compileCatalog({
    campaigns: campaigns.map((document) => ({ document, ...live })),
    cardGroups,
    drawKey: Buffer.alloc(32, 7),
  })
}

/** The same as a peer does: which offers this payment meets, and what each gives on the whole amount. Best first, which no peer does. */
export function lijian(documents: Documents): Promise<Engine<PaymentFacts, Ranking[]>> {
  const catalog = catalogOf(documents)
  return Promise.resolve({
    input: ({ facts }) => facts,
    evaluate(facts) {
      const screening = screen(catalog, facts, false)
      if (screening.passed.length === 0) return []
      const { groups } = new Evaluation({ facts, screening, fees, explain: false })
      const price = { payableFen: facts.amountFen, feeSavedFen: 0, granted: false, closed: false, fees }
      return groups.map(({ offers }) => rank(offers, facts, price, false))
    },
    answer: (rankings) =>
      new Map(
        rankings.flatMap(({ candidates }) =>
          candidates.map(({ offer, discountFen }) => [offer.code, discountFen] as const),
        ),
      ),
  })
}

/** And then what no peer has: one grant per group, on counters that fill up. Every payment has a card of its own. */
export function lijianWithCounters(documents: Documents): Promise<Engine<PaymentFacts, Granting>> {
  const catalog = catalogOf(documents)
  const book = new CounterBook()
  return Promise.resolve({
    input: ({ facts }, n) => ({ ...facts, serial: `r-${n}`, cardToken: `${facts.cardToken}-${n}` }),
    evaluate(facts) {
      const screening = screen(catalog, facts, false)
      return grantOffers(book, new Evaluation({ facts, screening, fees, explain: false }), 'used')
    },
  })
}
