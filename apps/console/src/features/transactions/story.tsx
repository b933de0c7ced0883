import { Card, Flex, Typography } from 'antd'
import type { Schemas } from '../../api/client'
import { Instant, Money, State } from '../../kit/values'
import { useSaid, useSession } from '../../shell/session'
import { words, type Language, type Words } from '../../texts'

type Explained = NonNullable<Schemas['ExplainedAnswer']['explanation']>
type Sentence = Explained['text'][number]

/** The API's sentences name their language as documents do. */
const inLanguage = (sentence: Sentence, language: Language): string => sentence[language]

export function Sentences({ text }: { text: readonly Sentence[] }) {
  const { language } = useSession()
  if (text.length === 0) return null
  return (
    <ul className="sentences">
      {text.map((sentence) => (
        <li key={sentence.en}>{inLanguage(sentence, language)}</li>
      ))}
    </ul>
  )
}

/** Why a payment got what it got: decided again from what was stored with it. */
export function Story({ explanation, currency }: { explanation: Explained; currency?: string | undefined }) {
  const say = useSaid()
  const { verdict, because, offers, differences } = explanation
  return (
    <section aria-label={say(WHY)}>
      <Typography.Title level={2} style={{ fontSize: 16 }}>
        {say(WHY)}
      </Typography.Title>
      <p className={verdict === 'different' ? 'warning' : 'quiet'}>
        {say(VERDICTS[verdict])}
        {because === undefined ? null : <span> ({because})</span>}
      </p>
      {differences.map(({ path, answered, recomputed }) => (
        <p key={path} className="warning">
          {path}: {answered} → {recomputed}
        </p>
      ))}
      <Flex gap={12} wrap>
        {offers.map((offer) => (
          <Card key={`${offer.campaign} ${offer.code}`} size="small" className="offer">
            <Flex justify="space-between" gap={12}>
              <strong>{offer.name}</strong>
              <State state={offer.outcome} />
            </Flex>
            <div className="quiet">
              {offer.campaign} v{offer.version} · {offer.code}
            </div>
            {offer.discount === undefined || offer.discount === 0 ? null : (
              <div className="figure">
                −<Money minor={offer.discount} currency={currency} />
              </div>
            )}
            <Sentences text={offer.text} />
          </Card>
        ))}
      </Flex>
    </section>
  )
}

export function Timeline({ timeline }: Pick<Explained, 'timeline'>) {
  const say = useSaid()
  const { language } = useSession()
  if (timeline.length === 0) return null
  return (
    <section aria-label={say(COURSE)}>
      <Typography.Title level={2} style={{ fontSize: 16 }}>
        {say(COURSE)}
      </Typography.Title>
      <ol className="timeline">
        {timeline.map(({ at, what, text }) => (
          <li key={`${at ?? ''} ${what} ${text.en}`}>
            <Instant at={at} /> {inLanguage(text, language)}
          </li>
        ))}
      </ol>
    </section>
  )
}

const WHY = words('为什么是这个结果', 'Why it was answered so')
const COURSE = words('经过', 'What happened')
const VERDICTS: Readonly<Record<Explained['verdict'], Words>> = {
  same: words('用当时保存的数据重新计算，结果一致', 'Computed again from what was stored: the same'),
  different: words('用当时保存的数据重新计算，结果不同', 'Computed again from what was stored: different'),
  not_recomputed: words('没有重新计算', 'Not computed again'),
}
