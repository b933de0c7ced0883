import type { Campaign, Funder } from '@lijian/contracts/marketing'
import { warning, type Reviewed, type Said, type Warning } from './warning'

/** Keys that say something which another key of the offer makes void. */
export function keyWarnings({ campaign, offer, at }: Reviewed): Warning[] {
  const { refund } = offer.rule
  const none = refund?.policy === 'none'
  return [
    ...(offer.kind === 'fee' ? feeKeys(offer, at) : []),
    ...(offer.kind === 'amount' && offer.delivery === 'rebate' && offer.rule.benefit.minPayable !== undefined
      ? [
          void_(`${at}.rule.benefit.minPayable`, { minPayable: offer.rule.benefit.minPayable }, 'delivery "rebate"', {
            en: 'the payer of a rebate pays in full',
            zh: '返现时消费者全额支付',
          }),
        ]
      : []),
    ...(none && refund.block !== undefined
      ? [void_(`${at}.rule.refund.block`, { block: refund.block }, 'policy "none"', NO_REFUND)]
      : []),
    ...(none && refund.restore?.count !== undefined && refund.restore.count !== false
      ? [void_(`${at}.rule.refund.restore.count`, { count: refund.restore.count }, 'policy "none"', NO_REFUND)]
      : []),
    ...groupsInAndOut({ campaign, offer, at }),
    ...funders(offer.funders ?? [], `${at}.funders`),
  ]
}

const NO_REFUND = { en: 'every refund is refused', zh: '所有退货都被拒绝' }

function feeKeys(offer: Reviewed['offer'], at: string): Warning[] {
  const reason = { en: 'it concerns amount offers only', zh: '只对金额子活动有意义' }
  return (['exclusive', 'base'] as const).flatMap((key) =>
    offer[key] === undefined ? [] : [void_(`${at}.${key}`, { [key]: offer[key] }, 'kind "fee"', reason)],
  )
}

function void_(path: string, stated: object, beside: string, { en, zh }: { en: string; zh: string }): Warning {
  const key = path.slice(path.lastIndexOf('.') + 1)
  const said = {
    message: `${key} has no effect beside ${beside}: ${en}. Drop it, or correct what it stands beside.`,
    messageZh: `${key} 与 ${beside} 同在时不起作用:${zh}。请删除,或改正另一处。`,
  }
  return warning('key_without_effect', path, said, { stated, beside })
}

/** A card must be in one of these groups, and each of them is excluded. */
function groupsInAndOut({ offer, at }: Reviewed): Warning[] {
  const { cardBlacklists: out, ...conditions } = offer.rule.conditions ?? {}
  if (out === undefined) return []
  return (['binGroups', 'cardWhitelists'] as const).flatMap((key) => {
    const wanted = conditions[key]
    if (wanted === undefined || !wanted.every((code) => out.includes(code))) return []
    const said = {
      message: `Every group of ${key} (${wanted.join(', ')}) stands in cardBlacklists too: no card passes both. Take it out of one.`,
      messageZh: `${key} 的每个卡组(${wanted.join('、')})也都在 cardBlacklists 中:没有卡能同时满足,请从一处删除。`,
    }
    const path = `${at}.rule.conditions.${key}`
    return [warning('groups_exclude_each_other', path, said, { [key]: wanted, cardBlacklists: out })]
  })
}

/** What is odd about the campaign as a whole. */
export function campaignKeyWarnings(campaign: Campaign): Warning[] {
  return [...funders(campaign.funders, 'funders'), ...cycle(campaign), ...nobodyPrepays(campaign)]
}

function funders(listed: readonly Funder[], path: string): Warning[] {
  return listed.flatMap(({ partner, sharePpm }, i) => {
    if (sharePpm > 0) return []
    const said = {
      message: `${partner} is listed as a funder and bears nothing: drop it, or state its share.`,
      messageZh: `${partner} 列为出资方,但分摊比例为 0:请删除或写明比例。`,
    }
    return [warning('funder_without_share', `${path}[${i}].sharePpm`, said, { partner, sharePpm })]
  })
}

function cycle({ fundingCycle, to }: Campaign): Warning[] {
  if (fundingCycle !== 'end' || to !== undefined) return []
  const said = {
    message: 'Funding is collected at the end of a campaign that has no last day: state "to", or another cycle.',
    messageZh: '出资在活动结束时收取,但活动没有结束日期:请写明 to 或改用其他周期。',
  }
  return [warning('cycle_never_ends', 'fundingCycle', said, { fundingCycle, to: null })]
}

/** The share of @merchant is reserved from no balance. */
function nobodyPrepays(campaign: Campaign): Warning[] {
  const all = [campaign.funders, ...campaign.offers.map((offer) => offer.funders ?? campaign.funders)]
  if (campaign.paymentMode !== 'prepay' || all.flat().some(({ partner }) => partner !== '@merchant')) return []
  const said: Said = {
    message: 'paymentMode "prepay" has no effect: the merchant bears everything and no balance is reserved.',
    messageZh: 'paymentMode "prepay" 不起作用:费用全部由商户承担,不占用任何预付余额。',
  }
  return [warning('key_without_effect', 'paymentMode', said, { paymentMode: 'prepay', funders: campaign.funders })]
}
