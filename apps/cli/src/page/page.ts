import { createHash } from 'node:crypto'
import type { BacktestReport } from '@lijian/contracts/marketing'
import { amount, count, percent, showIn, unit } from '../figures'
import type { Named } from '../tables'
import { both, escape, words } from './markup'
import { budgetSection, daySection } from './over-time'
import { bucketSection, funderSection, merchantSection, monthSection, offerSection, refusalSection } from './sections'
import { STYLE } from './style'
import { totalsSection } from './totals-section'

/** A whole page in one file: XHTML that is HTML too, no script, nothing loaded; its policy allows its own style sheet and nothing else. */
export function backtestPage(report: BacktestReport, named: Named): string {
  showIn(report.currency)
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`
  return `<!DOCTYPE html>
<html lang="zh-CN" xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="${policy}"/>
<title>${escape(`回测 Back-test: ${report.a.campaigns.map(({ name }) => name).join('、')}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<input type="radio" name="language" class="language" id="zh" checked="checked"/><input type="radio" name="language" class="language" id="en"/>
<nav><label for="zh" lang="zh-CN">中文</label><label for="en" lang="en">English</label></nav>
<main>
${header(report, named)}
${figures(report)}
${totalsSection(report)}
${daySection(report)}
${budgetSection(report)}
${offerSection(report)}
${funderSection(report)}
${merchantSection(report)}
${refusalSection(report)}
${bucketSection(report)}
${monthSection(report)}
${footer(report)}
</main>
</body>
</html>
`
}

function header({ a, b, lines }: BacktestReport, named: Named): string {
  const names = (side: typeof a) => side.campaigns.map(({ code, name }) => `${name} (${code})`).join(', ')
  const from = lines.from?.slice(0, 10) ?? '–'
  const to = lines.to?.slice(0, 10) ?? '–'
  return `<h1>${both(words('回测', 'Back-test'))}</h1>
<p><span class="key a"></span><strong>A ${escape(names(a))}</strong> – ${escape(named.a)}${
    b === undefined
      ? ''
      : `<br/><span class="key b"></span><strong>B ${escape(names(b))}</strong> – ${escape(named.b ?? '')}`
  }</p>
<p>${escape(named.payments)}: ${both(
    words(
      `${from} 至 ${to}，${count(lines.payments)} 笔付款，金额 ${amount(lines.amount)} ${unit().zh}，${count(lines.merchants)} 个商户，${count(lines.cards)} 张卡；失败 ${count(lines.failed)} 笔，退货 ${count(lines.refunds)} 笔，撤销 ${count(lines.voids)} 笔，冲正 ${count(lines.reversals)} 笔。`,
      `${from} to ${to}, ${count(lines.payments)} payments of ${amount(lines.amount)} ${unit().en} at ${count(lines.merchants)} merchants with ${count(lines.cards)} cards; ${count(lines.failed)} failed, ${count(lines.refunds)} refunds, ${count(lines.voids)} voids, ${count(lines.reversals)} reversals.`,
    ),
  )}</p>`
}

/** What somebody who approves the draft asks first. */
function figures({ a }: BacktestReport): string {
  const { discount, paymentsReached, paymentsReachedPpm, cardsReached, cardsReachedPpm, given, amountReached } =
    a.totals
  const ranOut = a.budgets.filter(({ period, firstRefusal }) => period === 'total' && firstRefusal !== undefined)
  const first = ranOut.map(({ firstRefusal }) => firstRefusal!.at).sort((x, y) => Date.parse(x) - Date.parse(y))[0]
  const shown: [string, ReturnType<typeof words>][] = [
    [amount(discount), words(`A 优惠净额（${unit().zh}）`, `A: discount, net (${unit().en})`)],
    [percent(paymentsReachedPpm), words(`付款享受优惠：${count(paymentsReached)} 笔`, `of payments reached: ${count(paymentsReached)}`)], // prettier-ignore
    [
      percent(cardsReachedPpm),
      words(`卡享受优惠：${count(cardsReached)} 张`, `of cards reached: ${count(cardsReached)}`),
    ],
    [
      paymentsReached === 0 ? '–' : amount(Math.round(given / paymentsReached)),
      words(`平均每笔优惠（${unit().zh}）`, `given per payment reached (${unit().en})`),
    ],
    [
      amountReached === 0 ? '–' : percent(Math.round((given / amountReached) * 1_000_000)),
      words('优惠占享受优惠付款金额', 'of the amount reached is given'),
    ],
    [
      first === undefined ? '–' : first.slice(0, 10),
      first === undefined
        ? words('总预算没有用完', 'no total budget ran out')
        : words(
            `最早用完的总预算（共 ${ranOut.length} 个用完）`,
            `first total budget to run out (of ${ranOut.length})`,
          ),
    ],
  ]
  return `<div class="figures">${shown.map(([figure, word]) => `<div><b>${escape(figure)}</b><small>${both(word)}</small></div>`).join('')}</div>`
}

const footer = ({ timeZone }: BacktestReport): string =>
  `<footer><p>${both(
    words(
      `金额单位为${unit().zh}。优惠含立减、返现和减免的手续费，已扣除退货、撤销、冲正收回的部分（计入收回当日）；失败的付款不计。日期按 ${timeZone}。每张草案都视为已批准，限额按文件顺序累计。笔数与卡数去重。`,
      `Amounts in ${unit().en}. A discount is money off, rebate or fee saved, less what refunds, voids and reversals brought back, on the day on which they did; failed payments cost nothing. Days are those of ${timeZone}. Every document counts as approved; limits are kept in the order of the file. Payments and cards are distinct.`,
    ),
  )}</p></footer>`
