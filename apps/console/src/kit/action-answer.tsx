import { Link } from '@tanstack/react-router'
import { Alert, Descriptions, Flex, Typography } from 'antd'
import { useSaid } from '../shell/session'
import { words } from '../texts'
import type { ActionDefinition } from './define-action'
import { fieldWords } from './field-words'

type Answer = Record<string, unknown>

/** The proposal that waits for another person; undefined: it is done. */
export function waitsAs({ id, state, hash, proposal }: Answer): number | undefined {
  if (hash !== undefined && state === 'proposed') return Number(id)
  if (typeof proposal === 'number') return proposal
  const within = (proposal as { id?: unknown } | undefined)?.id
  return typeof within === 'number' ? within : undefined
}

interface AnswerProps {
  action: ActionDefinition
  answer: Answer
  onEnd: () => void
}

/** What came of it: what waits for another person, and what is shown this once. */
export function ActionAnswer({ action, answer, onEnd }: AnswerProps) {
  const say = useSaid()
  const proposal = waitsAs(answer)
  const once = (action.once ?? []).filter((name) => answer[name] !== undefined)
  return (
    <Flex vertical gap={12} role="status">
      {proposal === undefined ? (
        <Alert type="success" title={say(DONE)} />
      ) : (
        <Alert
          type="success"
          title={say(WAITS)}
          description={
            <Link to={`/approvals/${proposal}`} onClick={onEnd}>
              {say(OPEN)} {proposal}
            </Link>
          }
        />
      )}
      {once.length === 0 ? null : (
        <>
          <Alert type="warning" title={say(ONCE)} />
          <Descriptions
            size="small"
            bordered
            column={1}
            items={once.map((name) => ({
              key: name,
              label: say(fieldWords(name)),
              children: (
                <Typography.Text copyable code className="secret">
                  {String(answer[name])}
                </Typography.Text>
              ),
            }))}
          />
        </>
      )}
    </Flex>
  )
}

const DONE = words('已完成', 'Done')
const WAITS = words('已提交，等待他人审核', 'Handed in: it waits for another person')
const OPEN = words('查看审核事项', 'Open approval')
const ONCE = words('只显示这一次，请现在复制保存', 'It is shown this once: copy and keep it now')
