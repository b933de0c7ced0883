import type { Campaign, Offer } from '@lijian/contracts/marketing'
import { compileOffer, type CompiledOffer } from '@lijian/rules'

type CompiledLimit = CompiledOffer['limits'][number]

/** A limit or budget, and whose it is. */
export interface PlannedLimit {
  limit: CompiledLimit
  offers: string[]
  clock: CompiledOffer['clock']
}

export interface UsagePlan {
  name: string
  currency: string
  offers: number
  limits: PlannedLimit[]
}

/** Compiling needs a draw key; limits have nothing to do with it. */
const compiling = { cardGroups: [], drawKey: Buffer.alloc(32) }

/** Each limit of a version once, in the order of the document: those of offers, of the campaign, budgets. */
export function usagePlan(document: Campaign, version: number): UsagePlan {
  const bare = { ...document, offers: document.offers.map(withoutConditions) }
  const limits = new Map<string, PlannedLimit>()
  for (const { code } of bare.offers) {
    const { limits: own, clock } = compileOffer(bare, version, code, compiling)
    for (const limit of own) {
      const known = limits.get(limit.limitId)
      if (known === undefined) limits.set(limit.limitId, { limit, offers: [code], clock })
      else if (!known.offers.includes(code)) known.offers.push(code)
    }
  }
  return { name: document.name, currency: document.currency, offers: bare.offers.length, limits: [...limits.values()] }
}

/** A hundred thousand merchants have nothing to do with limits. */
function withoutConditions(offer: Offer): Offer {
  const { merchants: _merchants, subMerchants: _subMerchants, ...rest } = offer
  const { conditions: _conditions, window: _window, ...rule } = offer.rule
  return { ...rest, rule } as Offer
}
