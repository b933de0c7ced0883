import { Alert, Card, Flex } from 'antd'
import type { Schemas } from '../../api/client'
import { ProblemView } from '../../kit/problem-view'
import { useSaid } from '../../shell/session'
import { words } from '../../texts'
import type { FieldError } from './check'
import { titleOf } from './sections-place'

interface FindingsProps {
  errors: readonly FieldError[]
  warnings: Schemas['CheckAnswer']['warnings'] | readonly Schemas['CheckAnswer']['warnings'][number][]
  failure: unknown
  isCurrent: boolean
  onGo: (path: string) => void
}
export function Findings({ errors, warnings, failure, isCurrent, onGo }: FindingsProps) {
  const say = useSaid()
  const state = errors.length > 0 ? `${say(OPEN)} ${errors.length}` : isCurrent ? say(VALID) : say(CHECKING)
  return (
    <Card size="small" title={<h2 className="section">{say(CHECK)}</h2>} extra={<span role="status">{state}</span>}>
      <Flex vertical gap={8}>
        {failure === null || failure === undefined ? null : <ProblemView error={failure} />}
        {errors.length === 0 ? null : (
          <ul className="errors">
            {errors.map(({ path, message, messageZh }) => (
              <li key={`${path} ${message}`}>
                <button type="button" className="link" title={path} onClick={() => onGo(path)}>
                  {say(titleOf(path))}
                </button>
                {': '}
                {say({ en: message, zh: messageZh ?? message })}
              </li>
            ))}
          </ul>
        )}
        {warnings.map((warning) => (
          <WarningView key={`${warning.path} ${warning.message}`} warning={warning} onGo={onGo} />
        ))}
      </Flex>
    </Card>
  )
}

type Warning = FindingsProps['warnings'][number]
function WarningView({ warning, onGo }: { warning: Warning; onGo: (path: string) => void }) {
  const say = useSaid()
  const { path, level, message, messageZh, proof } = warning
  return (
    <Alert
      type={level === 'info' ? 'info' : 'warning'}
      title={say({ en: message, zh: messageZh })}
      description={
        <details>
          <summary>{say(PROOF)}</summary>
          <button type="button" className="link" title={path} onClick={() => onGo(path)}>
            {say(titleOf(path))}
          </button>
          <pre className="json">{JSON.stringify(proof, null, 1)}</pre>
        </details>
      }
    />
  )
}

const CHECK = words('检查', 'Check')
const OPEN = words('还需修正：', 'To mend:')
const VALID = words('可以提交 ✓', 'Ready ✓')
const CHECKING = words('检查中…', 'Checking…')
const PROOF = words('依据', 'Proof')
