import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import type { Campaign } from '@lijian/contracts/marketing'
import { LijianError } from '@lijian/contracts/system'
import { readable } from '@lijian/contracts/text'
import type { ClientBase } from 'pg'

type Db = Pick<ClientBase, 'query'>

const MERCHANT = '@merchant'

/**
 * Nothing new is promised in the name of a partner that is suspended or closed, or whose account is in another currency; one without a document is
 * in CNY. The table is locked until the campaign is live: a partner that is entered meanwhile waits, and then sees it.
 */
export async function fundersMustFit(db: Db, { code, currency, funders, offers }: Campaign): Promise<void> {
  await db.query('LOCK TABLE partner IN SHARE MODE')
  const named = [...(funders ?? []), ...offers.flatMap((offer) => offer.funders ?? [])].map(({ partner }) => partner)
  const codes = [...new Set(named)].filter((partner) => partner !== MERCHANT)
  const { rows: partners } = await db.query<{ code: string; status: string; currency: string }>(
    'SELECT code, status, currency FROM partner WHERE code = ANY ($1) ORDER BY code',
    [codes],
  )
  const barred = partners.filter(({ status }) => status !== 'active')
  if (barred.length > 0) {
    const which = barred.map((partner) => `${partner.code} is ${partner.status}`).join(', ')
    throw new LijianError('state_conflict', `A campaign goes live only with active partners: ${which}`)
  }
  const currencyOf = new Map(partners.map((partner) => [partner.code, partner.currency]))
  const others = codes.filter((partner) => (currencyOf.get(partner) ?? DEFAULT_CURRENCY) !== currency)
  if (others.length === 0) return
  const which = others.map((partner) =>
    currencyOf.has(partner)
      ? `${partner} is in ${currencyOf.get(partner)}`
      : `${partner} has no document and so is in ${DEFAULT_CURRENCY}`,
  )
  throw new LijianError(
    'state_conflict',
    `Campaign ${code} is in ${currency}, and its funder ${which.join(', ')}: name partners whose currency is ${currency}`,
  )
}

/** Versions of a campaign share their counters, so its currency is that of the first that was live. */
export async function currencyMustStay(db: Db, { code, currency }: Campaign): Promise<void> {
  const { rows } = await db.query<{ currency: string }>(
    `SELECT coalesce(${readable('document')} ->> 'currency', '${DEFAULT_CURRENCY}') AS currency FROM campaign_version WHERE code = $1 AND state = 'approved'
     ORDER BY version LIMIT 1`,
    [code],
  )
  if (rows[0] && rows[0].currency !== currency)
    throw new LijianError(
      'state_conflict',
      `Campaign ${code} is in ${rows[0].currency}, and its counters with it: put what is in ${currency} under another code`,
    )
}
