import { joined, type Part, type Sentence } from './part'
import { both, percent, type Both } from './words'

/** Who pays which share. */
export function fundersWords(owner: Part): { said: Both; rest: Sentence[] } | undefined {
  const funders = owner.parts('funders')
  if (funders.length === 0) return undefined
  const each = funders.map((funder) => {
    const partner = funder.text('partner')
    const share = funder.number('sharePpm')
    const who =
      partner === '@merchant'
        ? both('消费所在商户', 'the merchant of the payment')
        : both(partner || '…', partner || '…')
    const part = share === undefined ? '…' : percent(share)
    return both(`${who.zh} ${part}`, `${who.en} ${part}`)
  })
  return { said: joined(each, '、', ', '), rest: funders.flatMap((funder) => funder.rest()) }
}
