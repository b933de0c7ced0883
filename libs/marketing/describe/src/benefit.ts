import { joined, Part, type Sentence } from './part'
import { both, money, percent, zhe, type Both } from './words'

/** What an offer gives. */
export function benefitSentences(rule: Part): Sentence[] {
  const benefit = rule.part('benefit')
  if (benefit === undefined) return []
  const says = sentencesOf(benefit)
  const bounds = [
    clause(benefit.money('cap'), (most) => both(`最多优惠${most.zh}`, `at most ${most.en} is taken off`)),
    clause(benefit.money('minPayable'), (least) =>
      both(`优惠后至少支付${least.zh}`, `at least ${least.en} is left to pay`),
    ),
  ].filter((bound) => bound !== undefined)
  const { zh, en } = joined(bounds)
  return [
    ...says,
    ...(bounds.length > 0 ? [benefit.says('', both(`${zh}。`, `${capital(en)}.`))] : []),
    ...benefit.rest(),
  ]
}

function sentencesOf(benefit: Part): Sentence[] {
  switch (benefit.text('type')) {
    case 'reduce':
      return tiers(benefit, (tier, from) => {
        const off = amountOf(tier, 'off', (minor) => money(minor, tier.currency))
        const every = tier.flag('every')
        if (every === true) return both(`每满${from.zh}${minus(off.zh)}`, `${off.en} off for each full ${from.en}`)
        return both(`满${from.zh}${minus(off.zh)}`, `${off.en} off from ${from.en}`)
      })
    case 'percent':
      return tiers(benefit, (tier, from) => {
        const rate = (ppm: number) => both(percent(ppm), percent(ppm))
        const pay = amountOf(tier, 'payPpm', (ppm) => both(`${zhe(ppm)}（付${percent(ppm)}）`, percent(ppm)), rate)
        return both(`满${from.zh}打${pay.zh}`, `from ${from.en} one pays ${pay.en} of the price`)
      })
    case 'fixedPrice': {
      const price = benefit.money('price')
      const upTo = clause(benefit.money('upTo'), (most) =>
        both(`（原价不超过${most.zh}）`, ` (of a payment of at most ${most.en})`),
      )
      if (price === undefined) return []
      return [
        benefit.says('', both(`一口价${price.zh}${upTo?.zh ?? ''}。`, `A price of ${price.en}${upTo?.en ?? ''}.`)),
      ]
    }
    case 'waive':
      return [benefit.says('', both('免收手续费。', 'The fee is waived.'))]
    case 'rate':
      return feeRate(benefit)
    case 'percentOff': {
      const ppm = benefit.number('ppm')
      if (ppm === undefined) return []
      return [benefit.says('ppm', both(`手续费减收${percent(ppm)}。`, `${percent(ppm)} is taken off the fee.`))]
    }
    case 'fixed': {
      const amount = benefit.money('amount')
      if (amount === undefined) return []
      return [benefit.says('amount', both(`手续费固定为${amount.zh}。`, `The fee is ${amount.en}.`))]
    }
    case undefined:
      return []
    default:
      return [benefit.says('type', unknownType(benefit.text('type') ?? ''))]
  }
}

/** A kind that is not known here still says its name. */
const unknownType = (type: string): Both => both(`优惠方式：${type}。`, `Kind of benefit: ${type}.`)

function feeRate(benefit: Part): Sentence[] {
  const ppm = benefit.number('ppm')
  const min = clause(benefit.money('min'), (least) => both(`最低${least.zh}`, `at least ${least.en}`))
  const max = clause(benefit.money('max'), (most) => both(`最高${most.zh}`, `at most ${most.en}`))
  const rate = clause(ppm, (value) => both(`手续费率${percent(value)}`, `The fee is ${percent(value)}`))
  const { zh, en } = joined([rate, min, max])
  return zh === '' ? [] : [benefit.says('ppm', both(`${zh}。`, `${capital(en)}.`))]
}

/** 减15元, 随机减10元至15元. */
const minus = (off: string): string => (off.startsWith('随机') ? `随机减${off.slice('随机'.length)}` : `减${off}`)

function tiers(benefit: Part, say: (tier: Part, from: Both) => Both): Sentence[] {
  const parts = benefit.parts('tiers')
  const said = parts.flatMap((tier) => {
    const from = tier.money('atLeast') ?? both('…', '…')
    const { zh, en } = say(tier, from)
    return [tier.says('', both(`${zh}。`, `${capital(en)}.`)), ...tier.rest()]
  })
  if (parts.length < 2) return said
  return [...said, benefit.says('tiers', both('只按达到的最高一档。', 'Only the highest tier that is reached counts.'))]
}

/** One value, or one that is drawn. */
type Unit = (value: number) => Both

function amountOf(tier: Part, key: string, unit: Unit, stepUnit = unit): Both {
  const fixed = tier.number(key)
  if (fixed !== undefined) return unit(fixed)
  const draw = tier.part(key)
  if (draw === undefined) return both('…', '…')
  const layers = draw.parts('layers')
  if (layers.length === 0) return spanOf(draw, unit, stepUnit, both('随机', 'a random '))
  const each = layers.map((layer) => {
    const weight = layer.number('weight') ?? '…'
    const span = spanOf(layer, unit, stepUnit, both('', ''))
    return both(`${span.zh}（权重 ${weight}）`, `${span.en} (weight ${weight})`)
  })
  const { zh, en } = joined(each, '、', ', ')
  const left = joined(draw.rest(), '', ' ')
  return both(`随机：${zh}${left.zh}`, `a random amount: ${en}${left.en}`)
}

function spanOf(span: Part, unit: Unit, stepUnit: Unit, word: Both): Both {
  const part = (key: string) => clause(span.number(key), unit) ?? both('…', '…')
  const [min, max] = [part('min'), part('max')]
  const step = clause(span.number('step'), (value) => {
    const { zh, en } = stepUnit(value)
    return both(`，步长${zh}`, ` in steps of ${en}`)
  })
  const left = joined(span.rest(), '', ' ')
  return both(
    `${word.zh}${min.zh}至${max.zh}${step?.zh ?? ''}${left.zh}`,
    `${word.en}${min.en} to ${max.en}${step?.en ?? ''}${left.en}`,
  )
}

export function clause<Value>(value: Value | undefined, say: (value: Value) => Both): Both | undefined {
  return value === undefined ? undefined : say(value)
}
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
