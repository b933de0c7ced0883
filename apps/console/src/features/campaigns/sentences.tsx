import { describe } from '@lijian/describe'
import { Card } from 'antd'
import { useSaid, useSession } from '../../shell/session'
import { words } from '../../texts'
import './sentences.css'

/** What the document does, as sentences in both languages: that of the person first. */
export function Sentences({ document }: { document: unknown }) {
  const say = useSaid()
  const { language } = useSession()
  const isEnglish = language === 'en'
  return (
    <Card size="small" title={<h2 className="section">{say(DOES)}</h2>}>
      <ul className="sentences">
        {describe(document).map(({ path, zh, en }, i) => (
          <li key={`${path} ${i}`} className={/^offers\[\d+\]$/.test(path) && en.endsWith(':') ? 'offer' : ''}>
            {isEnglish ? en : zh}
            <div className="quiet" lang={isEnglish ? 'zh-CN' : 'en'}>
              {isEnglish ? zh : en}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const DOES = words('这个活动会做什么', 'What this campaign does')
