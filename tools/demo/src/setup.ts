import type { Budget, Campaign, CampaignAnswer, CardGroup, Merchant } from '@lijian/contracts/marketing'
import type { PartnerAnswer } from '@lijian/contracts/finance'
import type { ProposalAnswer } from '@lijian/contracts/people'
import type { Http } from './http'
import type { Partner } from './types'
import type { Used } from './books'

export interface Documents {
  merchants: Merchant[]
  cardGroups: CardGroup[]
  partners: Partner[]
  campaigns: Campaign[]
}

/** Brings the examples into the stack as people would: one enters, another one approves. Returns the campaigns as they are live. */
export async function importDocuments(
  documents: Documents,
  { maker, checker, used, run }: { maker: Http; checker: Http; used: (id: string) => Used; run: string },
): Promise<Campaign[]> {
  for (const merchant of documents.merchants) await maker('PUT', `/v1/merchants/${merchant.id}`, merchant)
  for (const group of documents.cardGroups) await maker('PUT', `/v1/card-groups/${group.code}`, group)
  for (const partner of documents.partners) await fund(maker, checker, partner, run)
  const live: Campaign[] = []
  for (const document of documents.campaigns) {
    const campaign = withRoom(document, used)
    const { state, hash } = await maker<CampaignAnswer>('PUT', `/v1/campaigns/${campaign.code}`, campaign)
    if (state === 'not_approved') await checker('POST', `/v1/campaigns/${campaign.code}/approve`, { hash })
    live.push(campaign)
  }
  return live
}

/** Brings the balance to what the example says, so that every run meets the same shortage: entered by one key, approved by the other. */
async function fund(
  maker: Http,
  checker: Http,
  { code, name, creditLine, balance }: Partner,
  run: string,
): Promise<void> {
  const approve = ({ id, hash }: ProposalAnswer) => checker('POST', `/v1/proposals/${id}/approve`, { hash })
  const two = async (path: string, body: object) => approve(await maker<ProposalAnswer>('POST', path, body))
  const put = await maker<PartnerAnswer | ProposalAnswer>('PUT', `/v1/partners/${code}`, { name })
  if ('hash' in put) await approve(put)
  const partner = await maker<PartnerAnswer>('GET', `/v1/partners/${code}`)
  if (partner.creditLine !== creditLine)
    await two(`/v1/partners/${code}/credit-line`, { creditLine, reason: 'agreed for the demo' })
  const amount = balance - (partner.balance - partner.held)
  if (amount <= 0) return
  const valueDate = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format()
  const receipt = { amount, valueDate, bankReference: `demo-${run}-${code}`, evidence: `demo/${run}.pdf` }
  await two(`/v1/partners/${code}/receipts`, receipt)
}

/** What earlier runs used up is added to a budget, once it is noticeable: a new version, entered and approved like any other. */
export function withRoom(campaign: Campaign, used: (id: string) => Used): Campaign {
  const widened = (budget: Budget | undefined, id: string): Budget | undefined => {
    const { fen, count } = used(`${id}#budget`)
    const noticeable = (limit: number | undefined, taken: number) => limit !== undefined && taken * 20 > limit
    if (!budget || !(noticeable(budget.amount, fen) || noticeable(budget.count, count))) return budget
    const { amount, count: uses } = budget
    return {
      ...(amount === undefined ? {} : { amount: amount + fen }),
      ...(uses === undefined ? {} : { count: uses + count }),
    }
  }
  const offers = campaign.offers.map((offer) => {
    const budget = widened(offer.budget, `${campaign.code}/${offer.code}`)
    return budget ? { ...offer, budget } : offer
  })
  const budget = widened(campaign.budget, campaign.code)
  return { ...campaign, ...(budget ? { budget } : {}), offers }
}
