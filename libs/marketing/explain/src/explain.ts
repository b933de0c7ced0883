import type { Explanation, ExplanationEvent, Said } from '@lijian/contracts/marketing'
import { differences } from './compare'
import { offerStories } from './offer-story'
import { recompute } from './recompute'
import { money, say } from './said'
import { timelineOf } from './timeline'
import type { CatalogThen, EarlierAnswer, ExplanationCause, PastDecision, Story } from './types'

/**
 * An old decision, computed again from what it rested on, compared with what was answered, and told in sentences.
 * `then` is undefined where it was never stored (the decision is older than that).
 */
export function explain(
  past: PastDecision,
  then: CatalogThen | undefined,
  story: Story | undefined,
  earlier: readonly EarlierAnswer[] = [],
): Explanation {
  const timeline = [...answeredWithout(past), ...(story === undefined ? [] : timelineOf(story))]
  if (then === undefined) return unexplained(past, 'no_snapshot', timeline, earlier)
  const recomputed = recompute(past, then)
  const because = past.because ?? (recomputed.keyMissing ? 'draw_key_unknown' : undefined)
  const different = because === undefined ? differences(past.answered, recomputed) : []
  const offers = offerStories(past, then, recomputed)
  const verdict = because !== undefined ? 'not_recomputed' : different.length > 0 ? 'different' : 'same'
  return {
    source: past.source,
    decidedAt: new Date(past.facts.atMs).toISOString(),
    snapshot: then.snapshot,
    drawKey: then.drawKeyId,
    verdict,
    ...(because === undefined ? {} : { because }),
    differences: different,
    offers,
    timeline,
    earlier: [...earlier],
    text: [
      ...heading(past),
      ...offers.flatMap(({ text }) => text),
      ...(offers.length === 0 ? [NO_OFFERS] : []),
      ...timeline.map(dated),
      ...earlier.map(saidOfEarlier),
      ...saidOfVerdict(because, different, then),
    ],
  }
}

/** A decision that cannot be run again, and says so. */
export function unexplained(
  past: Pick<PastDecision, 'source' | 'facts'>,
  because: ExplanationCause,
  timeline: ExplanationEvent[],
  earlier: readonly EarlierAnswer[],
): Explanation {
  return {
    source: past.source,
    decidedAt: new Date(past.facts.atMs).toISOString(),
    verdict: 'not_recomputed',
    because,
    differences: [],
    offers: [],
    timeline,
    earlier: [...earlier],
    text: [...timeline.map(dated), ...earlier.map(saidOfEarlier), CAUSES[because]],
  }
}

const answeredWithout = ({ answeredAt }: PastDecision): ExplanationEvent[] =>
  answeredAt === undefined
    ? []
    : [{ at: answeredAt, what: 'no_offer', text: say('answered without an offer', '答复无优惠') }]

const NO_OFFERS = say('no offer named this merchant', '没有指定该商户的子活动')

const CAUSES: Readonly<Record<ExplanationCause, Said>> = {
  open_holds: say(
    'not re-computed: the answer was "no offer" because the client held as many offers as it may',
    '不重算:接入方占用中的优惠笔数已达上限,因此答复无优惠',
  ),
  deadline: say(
    'not re-computed: the answer was "no offer" because admission did not answer within the deadline',
    '不重算:未能在时限内完成额度占用,因此答复无优惠',
  ),
  unavailable: say(
    'not re-computed: the answer was "no offer" because PostgreSQL was away or too much was waiting',
    '不重算:数据库不可用或排队过多,因此答复无优惠',
  ),
  reversed_before: say(
    'not re-computed: the answer was "no offer" because a reverse transaction for this serial had come first',
    '不重算:同一流水号的冲正已先到达,因此答复无优惠',
  ),
  unknown_original: say('nothing to re-compute: no query was answered', '无可重算:没有答复过查询'),
  no_snapshot: say(
    'not re-computed: this decision was stored before Lijian kept what decisions rest on',
    '不重算:该决定产生时系统尚未保存重算所需的数据',
  ),
  draw_key_unknown: say(
    'not re-computed: an offer is drawn, and the draw key of that time is not configured (LIJIAN_DRAW_KEYS_OLD)',
    '不重算:有随机优惠,而当时的随机密钥未配置(LIJIAN_DRAW_KEYS_OLD)',
  ),
}

function heading({ facts, answered, source }: PastDecision): Said[] {
  const what = `${facts.serial}, ${money(facts.amountFen, facts.currency)} ${facts.currency}, ${facts.merchant}, ${facts.paymentMethod}`
  const at = new Date(facts.atMs).toISOString()
  const given = answered.offers.length
  const [en, zh] =
    source === 'decision_log' || given === 0
      ? ['the answer was: no offer', '答复:无优惠']
      : [`the answer was: ${given} ${given === 1 ? 'offer' : 'offers'}`, `答复:${given} 项优惠`]
  const price = answered.price
  const pays =
    price === undefined || given === 0
      ? ['', '']
      : [`, payable ${money(price.payableFen, facts.currency)}`, `,应付 ${money(price.payableFen, facts.currency)}`]
  return [say(`payment ${what}, at ${at}: ${en}${pays[0]}`, `交易 ${what},时间 ${at}:${zh}${pays[1]}`)]
}

function saidOfVerdict(
  because: ExplanationCause | undefined,
  different: Explanation['differences'],
  { drawKeyId }: CatalogThen,
): Said[] {
  if (because === 'draw_key_unknown')
    return [CAUSES[because], say(`the draw key was ${drawKeyId}`, `当时的随机密钥为 ${drawKeyId}`)]
  if (because !== undefined) return [CAUSES[because]]
  if (different.length === 0) return [say('re-computed: same answer', '重算:结果一致')]
  return different.map(({ path, answered, recomputed }) =>
    say(
      `re-computed: ${path} differs: answered ${answered}, re-computed ${recomputed}`,
      `重算:${path} 不一致:当时答复 ${answered},重算结果 ${recomputed}`,
    ),
  )
}

const dated = ({ at, text }: ExplanationEvent): Said =>
  at === undefined ? text : say(`${at} ${text.en}`, `${at} ${text['zh-CN']}`)

const saidOfEarlier = ({ at, because }: EarlierAnswer): Said => {
  const why = because === undefined ? '' : ` (${because})`
  return say(`${at} asked before, answered without an offer${why}`, `${at} 曾查询过,答复无优惠${why}`)
}
