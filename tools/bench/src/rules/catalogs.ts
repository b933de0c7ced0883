import { documents, type Documents } from '../data/documents'

/** Bindings of merchants in all: at 10,000 offers a payment can match as many as at 1,000. */
const BINDINGS = 200_000
const OPEN = 50

const sized = (offerCount: number): Documents =>
  documents({
    offerCount,
    merchantsPerOffer: Math.min(200, BINDINGS / offerCount),
    openEvery: Math.max(20, offerCount / OPEN),
  })

/** The first `live` offers stay as they are; the campaigns of the others ended last year. */
function mostlyEnded({ campaigns, cardGroups }: Documents, live: number): Documents {
  let seen = 0
  return {
    campaigns: campaigns.map((campaign) => {
      seen += campaign.offers.length
      return seen <= live ? campaign : { ...campaign, to: '2025-12-31' }
    }),
    cardGroups,
  }
}

export const SIZES = [10, 100, 1_000, 10_000] as const

/** What is measured: the sizes with every engine, the others with Lijian alone, to see what its index does with them. */
export const CATALOGS: Readonly<Record<string, () => Documents>> = {
  ...Object.fromEntries(SIZES.map((size) => [String(size), () => sized(size)])),
  '10,000 where everything grows: 22 offers per merchant, 500 open': () => documents({ offerCount: 10_000 }),
  '1,000, all open to every merchant': () => documents({ offerCount: 1_000, openEvery: 1 }),
  '10,000, all open to every merchant': () => documents({ offerCount: 10_000, openEvery: 1 }),
  '1,000 and 9,000 that have ended': () =>
    mostlyEnded(documents({ offerCount: 10_000, merchantsPerOffer: 200 }), 1_000),
  '1,000 and 9,000 that have ended, all open': () =>
    mostlyEnded(documents({ offerCount: 10_000, openEvery: 1 }), 1_000),
}
