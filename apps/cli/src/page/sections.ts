import type { BacktestReport, BacktestSide } from '@lijian/contracts/marketing'
import { amount, count, monthsOf, plus, unit } from '../figures'
import { lyingBars, standingBars, type Row } from './charts'
import { both, htmlTable, same, words, type Column, type Words } from './markup'
import { eventWords, isNearMiss, reasonWords } from './reason-words'
import { onAxis } from './scales'

const TOP = 15
const sidesOf = ({ a, b }: BacktestReport): BacktestSide[] => (b === undefined ? [a] : [a, b])

/** Keys of A in its order, then those that only B has. */
const keysOf = (report: BacktestReport, keys: (side: BacktestSide) => string[]): string[] => [
  ...new Set(sidesOf(report).flatMap(keys)),
]

/** `A`, `B` and `A − B` of one figure, or the figure alone. */
function columnsOf(report: BacktestReport, head: Words): Column[] {
  if (report.b === undefined) return [{ head }]
  return [
    { head: words(`${head.zh} A`, `${head.en} A`) },
    { head: words(`${head.zh} B`, `${head.en} B`) },
    { head: same('A − B') },
  ]
}
function cellsOf(values: readonly number[], show: (value: number) => string): string[] {
  const [a, b] = values as [number, number?]
  return b === undefined ? [show(a)] : [show(a), show(b), plus(a - b, show)]
}

const text = (zh: string, en: string): Column => ({ head: words(zh, en), isText: true })

export function offerSection(report: BacktestReport): string {
  const sides = sidesOf(report)
  const offers = keysOf(report, ({ offers: list }) => list.map(({ offer }) => offer)).map((code) => {
    const found = sides.map(({ offers: list }) => list.find(({ offer }) => offer === code))
    const names = [...new Set(found.flatMap((offer) => (offer === undefined ? [] : [offer.name])))].join(' / ')
    return { code, names, found }
  })
  const title = words('子活动', 'Offers')
  const rows = offers.map(({ code, names, found }) => ({
    label: same(`${code} ${names}`),
    note: names,
    values: found.map((offer) => offer?.discount ?? 0),
  }))
  return `<h2>${both(title)}</h2>
<figure>${lyingBars(title, rows.slice(0, 2 * TOP), amount)}</figure>
${htmlTable(
  [
    text('子活动', 'offer'),
    text('名称', 'name'),
    ...columnsOf(report, words('次数', 'uses')),
    ...columnsOf(report, words('发放', 'given')),
    ...columnsOf(report, words('净额', 'discount')),
  ],
  offers.map(({ code, names, found }) => [
    ...[code, names],
    ...cellsOf(found.map((offer) => offer?.uses ?? 0), count), // prettier-ignore
    ...cellsOf(found.map((offer) => offer?.given ?? 0), amount), // prettier-ignore
    ...cellsOf(found.map((offer) => offer?.discount ?? 0), amount), // prettier-ignore
  ]),
)}`
}

const partnerWords = (partner: string): Words =>
  partner === '@merchant' ? words('商户自担 @merchant', 'the merchant itself @merchant') : same(partner)

export function funderSection(report: BacktestReport): string {
  const title = words('出资方', 'Funders')
  const rows = keysOf(report, ({ funders }) => funders.map(({ partner }) => partner)).map((key) => ({
    label: partnerWords(key),
    values: sidesOf(report).map(({ funders }) => funders.find(({ partner }) => partner === key)?.discount ?? 0),
  }))
  if (rows.length === 0) return ''
  return `<h2>${both(title)}</h2>
<figure>${lyingBars(title, rows, amount)}</figure>
${htmlTable(
  [text('出资方', 'funder'), ...columnsOf(report, words('净额', 'discount'))],
  rows.map(({ label, values }) => [label, ...cellsOf(values, amount)]),
)}`
}

export function merchantSection(report: BacktestReport): string {
  const sides = sidesOf(report).map((side) => new Map(side.merchants.map((entry) => [entry.merchant, entry])))
  const rows = [...new Set(sides.flatMap((side) => [...side.keys()]))]
    .map((id) => {
      const found = sides.map((side) => side.get(id))
      const any = found.find((entry) => entry !== undefined)!
      return { id, any, found, values: found.map((entry) => entry?.discount ?? 0) }
    })
    .sort((x, y) => y.values[0]! - x.values[0]! || y.values.at(-1)! - x.values.at(-1)!)
  if (rows.length === 0) return ''
  const title = words('优惠最多的商户', 'Merchants with the largest discounts')
  const shown = rows.slice(0, TOP)
  const bars: Row[] = shown.map(({ id, any, values }) => ({ label: same(any.name ?? id), note: id, values }))
  return `<h2>${both(title)}</h2>
<p>${both(words(`${count(rows.length)} 个商户发放过优惠，列出 ${shown.length} 个；全部见 JSON。`, `An offer was given at ${count(rows.length)} merchants; ${shown.length} are shown, the JSON has all.`))}</p>
<figure>${lyingBars(title, bars, amount)}</figure>
${htmlTable(
  [
    text('商户', 'merchant'),
    { head: words('付款', 'payments') },
    ...columnsOf(report, words('享受优惠', 'reached')),
    ...columnsOf(report, words('净额', 'discount')),
  ],
  shown.map(({ id, any, found, values }) => [
    ...[any.name === undefined ? id : `${any.name} (${id})`, count(any.payments)],
    ...cellsOf(found.map((entry) => entry?.reached ?? 0), count), // prettier-ignore
    ...cellsOf(values, amount),
  ]),
)}`
}

export function refusalSection(report: BacktestReport): string {
  const sides = sidesOf(report)
  const rows = (near: boolean): Row[] =>
    keysOf(report, ({ refusals }) => refusals.map(({ reason }) => reason))
      .filter((reason) => isNearMiss(reason as never) === near)
      .map((reason) => ({
        label: reasonWords(reason as never),
        note: reason,
        values: sides.map(({ refusals }) => refusals.find((r) => r.reason === reason)?.count ?? 0),
      }))
  const chart = (title: Words, list: Row[]) =>
    list.length === 0 ? '' : `<h3>${both(title)}</h3><figure>${lyingBars(title, list, count)}</figure>`
  return `<h2>${both(words('未享受优惠的原因', 'Refusals by reason'))}</h2>
<p>${both(words('每笔付款对每个子活动：或者享受，或者只有一个原因。', 'Each payment and offer: given, or refused for one reason.'))}</p>
${chart(words('符合活动对象，但没有享受', 'Payments that an offer is meant for'), rows(true))}
${chart(words('不是活动对象', 'Payments that an offer is not meant for'), rows(false))}
${sides.map((side, i) => refusalTable(side, sides.length > 1 ? 'AB'[i]! : '')).join('\n')}`
}

function refusalTable({ offers, refusals, refusedEvents }: BacktestSide, which: string): string {
  const shown = offers.slice(0, 8)
  const matrix = htmlTable(
    [
      text(`${which} 原因`.trim(), `${which} reason`.trim()),
      ...shown.map(({ offer }) => ({ head: same(offer) })),
      { head: words('合计', 'all') },
    ],
    refusals.map(({ reason, count: all }) => [
      words(`${reasonWords(reason).zh} ${reason}`, `${reasonWords(reason).en} (${reason})`),
      ...shown.map(({ refusals: list }) => count(list.find((r) => r.reason === reason)?.count ?? 0)),
      count(all),
    ]),
  )
  if (refusedEvents.length === 0) return matrix
  return `${matrix}
${htmlTable(
  [
    text(
      `${which} 没有收回优惠的退货、撤销、冲正`.trim(),
      `${which} refunds, voids, reversals that took nothing back`.trim(),
    ),
    { head: words('笔数', 'lines') },
  ],
  refusedEvents.map(({ reason, count: lines }) => [eventWords(reason), count(lines)]),
)}`
}

export function bucketSection(report: BacktestReport): string {
  const sides = sidesOf(report).map(({ discounts }) => discounts)
  const all = sides.flat()
  if (all.length === 0) return ''
  const [low, high] = [Math.min(...all.map(({ from }) => from)), Math.max(...all.map(({ from }) => from))]
  const edges = [...new Set(all.map(({ from }) => from))].filter((from) => from >= low && from <= high).sort((x, y) => x - y) // prettier-ignore
  const bars = edges.map((from) => ({
    name: onAxis(from),
    values: sides.map((list) => list.find((bucket) => bucket.from === from)?.payments ?? 0),
  }))
  const title = words('每笔优惠的分布', 'Distribution of discounts')
  return `<h2>${both(title)}</h2>
<p>${both(words(`享受优惠的付款笔数，按每笔优惠（${unit().zh}）：每柱从所标金额起，到下一柱为止。`, `Payments reached by what they were given, in ${unit().en}: a bar begins at its figure and ends where the next begins.`))}</p>
<figure>${standingBars(title, bars)}</figure>`
}

export function monthSection(report: BacktestReport): string {
  const sides = sidesOf(report).map(({ days }) => new Map(monthsOf(days).map((month) => [month.date, month])))
  const months = [...new Set(sides.flatMap((side) => [...side.keys()]))].sort()
  return `<h2>${both(words('每月', 'By month'))}</h2>
${htmlTable(
  [
    text('月份', 'month'),
    ...columnsOf(report, words('享受优惠', 'reached')),
    ...columnsOf(report, words('净额', 'discount')),
  ],
  months.map((month) => [
    month,
    ...cellsOf(sides.map((side) => side.get(month)?.reached ?? 0), count), // prettier-ignore
    ...cellsOf(sides.map((side) => side.get(month)?.discount ?? 0), amount), // prettier-ignore
  ]),
)}`
}
