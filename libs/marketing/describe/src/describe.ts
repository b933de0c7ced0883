import { clause } from './benefit'
import { fundersWords } from './funders'
import { budgetSentences, limitSentences } from './limits'
import { offerSentences } from './offer'
import { joined, Part, type Sentence } from './part'
import { both, CNY, wordOf, type Both } from './words'

/** A campaign document, or a draft with gaps, as sentences in both languages. What is no known key is said plainly. */
export function describe(document: unknown): Sentence[] {
  const { currency } = (document ?? {}) as { currency?: unknown }
  const campaign = new Part(document, '', typeof currency === 'string' ? currency : CNY)
  // For editors: no part of the document.
  campaign.text('$schema')
  const offers = campaign.parts('offers')
  return [
    ...head(campaign),
    ...paid(campaign),
    ...budgetSentences(campaign, both('整个活动', 'The campaign')),
    ...limitSentences(campaign, both('整个活动合计', 'the campaign as a whole')),
    ...offers.flatMap((offer) => offerSentences(offer, offers.length === 1)),
    ...campaign.rest(),
  ]
}

function head(campaign: Part): Sentence[] {
  const [code, name] = [campaign.text('code') || '…', campaign.text('name') || '…']
  const [from, to, zone] = [campaign.text('from') || '…', campaign.text('to'), campaign.text('timeZone') || '…']
  const period =
    to === undefined
      ? both(`${from} 起长期有效`, `runs from ${from} without an end`)
      : both(`${from} 至 ${to}（含首尾两天）`, `runs from ${from} to ${to}, both days included`)
  const dayStart = clause(campaign.text('dayStart'), (clock) =>
    clock >= '12:00'
      ? both(`活动日自前一天 ${clock} 开始`, `a day begins at ${clock} of the day before`)
      : both(`活动日自当天 ${clock} 开始`, `a day begins at ${clock}`),
  )
  const money = clause(campaign.text('currency'), (text) => both(`币种 ${text}`, `in ${text}`))
  const { zh, en } = joined([period, dayStart, money])
  return [
    campaign.says(
      '',
      both(`活动 ${code}“${name}”：${zh}（时区 ${zone}）。`, `Campaign ${code} "${name}" ${en} (time zone ${zone}).`),
    ),
  ]
}

const MODES: Readonly<Record<string, Both>> = {
  prepay: both('先付款：优惠从出资方的预付余额中扣', "paid in advance, out of the funders' balances"),
  postpay: both('后付款：优惠先由机构垫付，再向出资方收取', 'paid afterwards: the funders are billed'),
}
const CYCLES: Readonly<Record<string, Both>> = {
  day: both('按日结算', 'each day'),
  week: both('按周结算', 'each week'),
  month: both('按月结算', 'each month'),
  quarter: both('按季结算', 'each quarter'),
  end: both('活动结束后结算', 'once the campaign has ended'),
}

function paid(campaign: Part): Sentence[] {
  const funders = fundersWords(campaign)
  const mode = clause(campaign.text('paymentMode'), (what) => wordOf(MODES, what))
  const cycle = clause(campaign.text('fundingCycle'), (what) => wordOf(CYCLES, what))
  const who = clause(funders?.said, ({ zh, en }) => both(`由${zh}出资`, `The discount is paid by ${en}`))
  const { zh, en } = joined([who, mode, cycle], '；', '; ')
  const said = zh === '' ? [] : [campaign.says('funders', both(`${zh}。`, `${en}.`))]
  return [...said, ...(funders?.rest ?? [])]
}
