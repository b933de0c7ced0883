import type { ExplanationEvent, Said } from '@lijian/contracts/marketing'
import { list, money, say } from './said'
import type { Story, Undoing } from './types'

/** What has become of a transaction since its query. */
export function timelineOf(story: Story): ExplanationEvent[] {
  const events: ExplanationEvent[] = []
  const add = (what: string, text: Said, at?: string | null) =>
    events.push({ ...(at === undefined || at === null ? {} : { at }), what, text })
  if (story.emptyBecause === 'unknown_original')
    add(
      'unknown_original',
      story.result !== null
        ? say(
            'a result names an answer of which nothing is stored: for 24 hours a query is answered without an offer',
            '支付结果所引用的答复没有存储:24 小时内同一流水号的查询不享受优惠',
          )
        : say(
            'a reverse transaction came before any query with this serial: for 24 hours a query is answered without an offer',
            '冲正先于查询到达:24 小时内同一流水号的查询不享受优惠',
          ),
      story.createdAt,
    )
  else if (isLost(story))
    add(
      'undone',
      say(
        'PostgreSQL was not heard in time, and whether it held anything was not known: it holds nothing under this serial',
        '未及时收到数据库答复,不知是否已占用:该流水号不占用优惠',
      ),
      story.createdAt,
    )
  else {
    add('held', heldText(story), story.createdAt)
    if (story.emptyBecause === 'deadline')
      add(
        'undone',
        say('the answer came too late to be used: the hold was undone', '答复超时:占用已撤销'),
        story.updatedAt,
      )
  }
  const { result } = story
  if (result !== null) add(result.outcome, resultText(story), result.paidAt)
  for (const text of afterResult(story)) add('after_payment', text)
  if (story.state === 'expired')
    add(
      'expired',
      say('no result came in time: the hold was released', '未在时限内收到结果:占用已释放'),
      story.updatedAt,
    )
  if (story.state === 'unfunded')
    add(
      'unfunded',
      say(
        'the success came after the hold had ended and found no room: the discount is unfunded',
        '成功结果迟到且额度不足:优惠无出资',
      ),
      story.updatedAt,
    )
  for (const undoing of story.undone) add(undoing.kind, undoingText(undoing, story.currency), undoing.at)
  for (const { kind, at } of story.cases) add('case', say(`a case was opened: ${kind}`, `已立案:${kind}`), at)
  const date =
    story.businessDate === null
      ? ['', '']
      : [`, business date ${story.businessDate}`, `,业务日期 ${story.businessDate}`]
  add(story.state, say(`it stands at ${story.state}${date[0]}`, `当前状态:${story.state}${date[1]}`))
  return events
}

function undoingText({ kind, serial, isDone, amountFen }: Undoing, currency: string): Said {
  if (kind === 'void') return say(`undone by the void ${serial}`, `已被撤销 ${serial} 取消`)
  if (kind === 'reversal') return say(`undone by the reversal ${serial}`, `已被冲正 ${serial} 取消`)
  const amount = amountFen === null ? '' : ` ${money(amountFen, currency)}`
  return isDone
    ? say(`refunded${amount} by ${serial}`, `退款${amount},流水号 ${serial}`)
    : say(
        `a refund${amount === '' ? '' : ` of${amount}`} was asked for by ${serial}: not done`,
        `申请退款${amount},流水号 ${serial}:未完成`,
      )
}

/** No hold was found where one could still have come. */
const isLost = ({ emptyBecause, released }: Story) => emptyBecause === 'deadline' && released.length === 0

const heldText = ({ holdExpiresAt }: Story): Said =>
  holdExpiresAt === null
    ? say('the query was decided', '已决定')
    : say(
        `the query was decided; what was granted was held until ${holdExpiresAt}`,
        `已决定;优惠占用至 ${holdExpiresAt}`,
      )

function resultText({ result, payableFen, currency }: Story): Said {
  const { outcome, paidFen, upstreamSerial } = result!
  if (outcome === 'failure') return say('the payment failed', '支付失败')
  const paid = money(paidFen ?? payableFen, currency)
  const [en, zh] =
    upstreamSerial === undefined ? ['', ''] : [`, upstream serial ${upstreamSerial}`, `,上游流水号 ${upstreamSerial}`]
  return say(`the payment succeeded, ${paid} was paid${en}`, `支付成功,实付 ${paid}${zh}`)
}

/** What the result changed: facts that were learnt with it, offers that did not hold any more. */
function afterResult(story: Story): Said[] {
  const { emptyBecause, learnt, released, fee, result, payableFen, amountFen, offers, currency } = story
  const said: Said[] = []
  if (learnt.length > 0) said.push(say(`the payment told: ${list(learnt)}`, `支付后得知:${list(learnt)}`))
  const instant = released.filter(({ kind, delivery }) => kind === 'amount' && delivery === 'instant')
  if (result?.outcome === 'success' && instant.length > 0 && emptyBecause !== 'deadline')
    said.push(
      say(
        `what was paid was not the payable: released ${list(instant.map(({ code }) => code))}`,
        `实付与应付不符:已释放 ${list(instant.map(({ code }) => code))}`,
      ),
    )
  const fees = released.filter(({ kind }) => kind === 'fee')
  if (result?.outcome === 'success' && fees.length > 0 && emptyBecause !== 'deadline')
    said.push(
      say(
        `fee offers that did not hold any more after the payment: ${list(fees.map(({ code }) => code))}`,
        `支付后不再满足条件的手续费优惠:${list(fees.map(({ code }) => code))}`,
      ),
    )
  if (said.length > 0)
    said.push(
      say(
        `it ended with ${offers.length} offers, payable ${money(payableFen, currency)} of ${money(amountFen, currency)}, fee ${money(fee.final, currency)}`,
        `最终优惠 ${offers.length} 项,交易金额 ${money(amountFen, currency)},应付 ${money(payableFen, currency)},手续费 ${money(fee.final, currency)}`,
      ),
    )
  return said
}
