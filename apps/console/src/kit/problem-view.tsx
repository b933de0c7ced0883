import { Alert, Button, Typography } from 'antd'
import { ApiProblem } from '../api/client'
import { useSaid } from '../shell/session'
import { words } from '../texts'

/** What went wrong, what helps, and the id under which the logs have it. Never an empty page. */
export function ProblemView({ error, again }: { error: unknown; again?: () => void }) {
  const say = useSaid()
  const {
    title,
    detail,
    do: help,
    instance,
    retryable,
    errors,
  } = error instanceof ApiProblem
    ? error.problem
    : { title: say(UNEXPECTED), detail: String(error), do: say(RELOAD), instance: '-', retryable: false, errors: [] }
  return (
    <Alert
      type="error"
      role="alert"
      title={title}
      description={
        <>
          <div>{detail}</div>
          {errors?.map((one) => (
            <div key={`${one.path} ${one.message}`}>
              <code>{one.path}</code> {say({ en: one.message, zh: one.messageZh ?? one.message })}
            </div>
          ))}
          <div>{help}</div>
          <Typography.Text type="secondary" copyable={{ text: instance }}>
            {say(REQUEST)} {instance}
          </Typography.Text>
        </>
      }
      action={
        retryable && again !== undefined ? (
          <Button size="small" onClick={again}>
            {say(AGAIN)}
          </Button>
        ) : undefined
      }
    />
  )
}
const UNEXPECTED = words('页面出错了', 'This page failed')
const RELOAD = words(
  '请刷新页面；若仍出错，请把下面的内容告诉管理员',
  'Reload the page; if it fails again, tell an administrator what stands here',
)
const REQUEST = words('请求编号', 'Request')
const AGAIN = words('重试', 'Try again')
