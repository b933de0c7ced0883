import { clause, capital } from './benefit'
import { joined, type Part, type Sentence } from './part'
import { both, DIMENSIONS, PERIODS, plainCount, raw, wordOf, type Both } from './words'

export function limitSentences(owner: Part, of: Both): Sentence[] {
  return owner.parts('limits').flatMap((limit) => limitSentence(limit, of))
}

/** Each card each day: at most 1 use. */
function limitSentence(limit: Part, of: Both): Sentence[] {
  const per = limit.entries('per')
  const period = limit.text('period')
  const whose = perWords(per, of)
  const when = period === undefined ? both('', '') : wordOf(PERIODS, period)
  const isGross = limit.choice('measure', ['discount', 'gross']) === 'gross'
  const amount = clause(limit.money('amount'), (most) =>
    isGross
      ? both(`交易金额合计不超过${most.zh}`, `payments of at most ${most.en} together`)
      : both(`优惠合计不超过${most.zh}`, `at most ${most.en} of discount`),
  )
  const count = clause(limit.number('count'), (most) =>
    both(`最多 ${plainCount(most)} 次`, `at most ${plainCount(most)} ${most === 1 ? 'use' : 'uses'}`),
  )
  const most = joined([count, amount], '，', ' and ')
  const onShort = clause(limit.choice('onShort', ['refuse', 'clip']), (what) =>
    what === 'clip'
      ? both('不足时只给剩余部分', 'what is left is given when it is too little')
      : both('不足时不给', 'nothing is given when too little is left'),
  )
  const offers = clause(limit.words('offers'), (codes) =>
    both(`由子活动 ${codes.zh} 共用`, `shared by the offers ${codes.en}`),
  )
  const id = clause(limit.text('id'), (name) => both(`编号 ${name}`, `id ${name}`))
  const measure = amount === undefined && isGross ? both('按交易金额计', 'measured by the payment') : undefined
  const notes = joined([measure, onShort, offers, id], '；', '; ')
  const said = both(
    `${whose.zh}${when.zh}${most.zh}${notes.zh === '' ? '' : `（${notes.zh}）`}。`,
    `${capital([whose.en, when.en].filter((text) => text !== '').join(', '))}: ${most.en}${notes.en === '' ? '' : ` (${notes.en})`}.`,
  )
  return [limit.says('', said), ...limit.rest()]
}

function perWords(per: readonly unknown[] | undefined, of: Both): Both {
  if (per === undefined || per.length === 0) return of
  const order = Object.keys(DIMENSIONS)
  const place = (dimension: unknown) => order.indexOf(raw(dimension))
  const words = [...per].sort((a, b) => place(a) - place(b)).map((dimension) => wordOf(DIMENSIONS, dimension))
  return joined(words, '、', ' and ')
}

export function budgetSentences(owner: Part, of: Both): Sentence[] {
  const budget = owner.part('budget')
  if (budget === undefined) return []
  const bounds = joined([
    clause(budget.money('amount'), (most) => both(most.zh, most.en)),
    clause(budget.number('count'), (most) => both(`${plainCount(most)} 次`, `${plainCount(most)} uses`)),
  ])
  const said = both(`${of.zh}预算${bounds.zh}，用完即止。`, `${of.en} has a budget of ${bounds.en}; then it ends.`)
  return [...(bounds.zh === '' ? [] : [budget.says('', said)]), ...budget.rest()]
}
