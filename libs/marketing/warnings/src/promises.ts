import type { Draw } from '@lijian/contracts/marketing'
import { drawValues, mostOf, OFF_STEP, PAY_PPM_STEP } from './draw-values'
import { givenByTier, leastPayableFen, tiersOf, type Tier } from './given'
import { basesOf, piecesOf, type AmountOffer } from './reach'
import { warning, yuan, type Reviewed, type Warning } from './warning'

/** Where a promise is cut by the payment itself or by the cap, a cap that cuts nothing, and the top of a draw that is never drawn. */
export function promiseWarnings({ offer, at }: Reviewed): Warning[] {
  if (offer.kind === 'fee') return []
  const path = `${at}.rule.benefit`
  return [
    ...cutByPayment(offer, path),
    ...capWarnings(offer, path),
    ...tiersOf(offer.rule.benefit).flatMap((tier, i) => drawWarnings(tier, `${path}.tiers[${i}]`)),
  ]
}

/**
 * A discount of the whole payment or more. Who states minPayable has said what is left to pay; without it the discount is cut to leave 1 fen.
 * A rebate may be the whole payment, not more.
 */
function cutByPayment(offer: AmountOffer, path: string): Warning[] {
  const { benefit } = offer.rule
  if (benefit.minPayable !== undefined && offer.delivery !== 'rebate') return []
  const least = leastPayableFen(offer)
  for (const { lo, hi, tier } of piecesOf(offer))
    for (const amountFen of placesToLook(benefit.type === 'reduce' ? benefit.tiers[tier!] : undefined, lo, hi)) {
      const promised = Math.min(promisedFen(offer, tier, amountFen), benefit.cap ?? Infinity)
      if (promised > amountFen - least) return [cut(offer, promised, amountFen, path)]
    }
  return []
}

/** A tier's first amount is where most of the payment comes off; with `every` the first full multiple may take more still. */
function placesToLook(tier: Tier | undefined, lo: number, hi: number): number[] {
  if (tier === undefined || !('off' in tier) || tier.every !== true) return [lo]
  const multiple = Math.ceil(lo / tier.atLeast) * tier.atLeast
  return multiple > lo && multiple <= hi ? [lo, multiple] : [lo]
}

function promisedFen(offer: AmountOffer, tier: number | undefined, amountFen: number): number {
  const { benefit } = offer.rule
  if (benefit.type === 'fixedPrice') return amountFen - benefit.price
  return givenByTier(benefit.tiers[tier!]!, amountFen, Infinity).maxFen
}

function cut(offer: AmountOffer, promisedFen: number, amountFen: number, path: string): Warning {
  const givenFen = amountFen - leastPayableFen(offer)
  const rebate = offer.delivery === 'rebate'
  const said = {
    message: `On a payment of ${yuan(amountFen)} the benefit promises ${yuan(promisedFen)} and gives ${yuan(givenFen)}: ${rebate ? 'a rebate is at most the payment. Raise' : 'state minPayable if that is meant, else raise'} the threshold or conditions.amount.min.`,
    messageZh: `${yuan(amountFen)} 元的交易应减 ${yuan(promisedFen)},实际只能减 ${yuan(givenFen)}:${rebate ? '返现不超过支付金额,请' : '若本意如此请写明 minPayable,否则请'}提高门槛或 conditions.amount.min。`,
  }
  return warning('discount_exceeds_payment', path, said, { amountFen, promisedFen, givenFen })
}

function capWarnings(offer: AmountOffer, path: string): Warning[] {
  const { cap } = offer.rule.benefit
  if (cap === undefined) return []
  const pieces = piecesOf(offer, basesOf(offer))
  const most = pieces.map(({ hi, tier }) => ({ fen: promisedFen(offer, tier, hi), atAmountFen: hi }))
  const top = most.reduce((a, b) => (b.fen > a.fen ? b : a), { fen: 0, atAmountFen: 0 })
  if (top.fen > 0 && top.fen < cap) {
    const said = {
      message: `The benefit never gives more than ${yuan(top.fen)}, so the cap of ${yuan(cap)} does nothing: compare it with the terms.`,
      messageZh: `优惠最多为 ${yuan(top.fen)},封顶 ${yuan(cap)} 不起作用:请与活动条款核对。`,
    }
    return [warning('cap_never_reached', `${path}.cap`, said, { cap, most: top })]
  }
  return tiersOf(offer.rule.benefit).flatMap((tier, i) => cutByCap(tier, cap, `${path}.tiers[${i}]`))
}

/** A fixed promise above the cap. Percentages and `every` grow with the amount: capping those is what a cap is for. */
function cutByCap(tier: Tier, cap: number, path: string): Warning[] {
  if (!('off' in tier) || tier.every === true || mostOf(tier.off, OFF_STEP) <= cap) return []
  const promised = mostOf(tier.off, OFF_STEP)
  const said = {
    message: `The tier promises up to ${yuan(promised)}, the cap leaves ${yuan(cap)}: raise the cap or lower the promise.`,
    messageZh: `该档最多减 ${yuan(promised)},封顶却为 ${yuan(cap)}:请提高封顶或降低优惠。`,
  }
  return [warning('cap_cuts_promise', path, said, { off: tier.off, cap })]
}

function drawWarnings(tier: Tier, path: string): Warning[] {
  const off = 'off' in tier
  const [draw, step, key] = off ? [tier.off, OFF_STEP, 'off'] : [tier.payPpm, PAY_PPM_STEP, 'payPpm']
  if (typeof draw === 'number') return []
  return drawValues(draw, step).flatMap(({ last, step: by }, i) => {
    const { max, where } = topOf(draw, i)
    if (last === max) return []
    const said = {
      message: `The draw goes in steps of ${by} and its highest value is ${last}: ${max} is never drawn. Change step, min or max.`,
      messageZh: `随机值以 ${by} 为步长,最大只到 ${last},永远抽不到 ${max}:请修改 step、min 或 max。`,
    }
    return [warning('draw_max_unreachable', `${path}.${key}${where}.max`, said, { max, step: by, highestDrawn: last })]
  })
}

function topOf(draw: Draw, i: number): { max: number; where: string } {
  return 'layers' in draw ? { max: draw.layers[i]!.max, where: `.layers[${i}]` } : { max: draw.max, where: '' }
}
