import { Button, Card, Flex, Form, Input, Typography } from 'antd'
import { useState, type ReactNode } from 'react'
import { answerOf, api } from '../api/client'
import { ProblemView } from '../kit/problem-view'
import { words } from '../texts'
import { useSaid, useSignedIn, type Me } from './session'

/** What a person has to do before anything else is open. */
export const Must = ({ must }: { must: NonNullable<Me['must']> }) =>
  must === 'password' ? <OwnPassword /> : <Authenticator />

function Alone({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="alone">
      <Card style={{ width: 440 }}>
        <Flex vertical gap={16}>
          <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
            {title}
          </Typography.Title>
          {children}
        </Flex>
      </Card>
    </main>
  )
}

/** Sends once at a time, and keeps the refusal. */
function useSending() {
  const [error, setError] = useState<unknown>()
  const [isSending, setSending] = useState(false)
  const send = async (act: () => Promise<void>) => {
    setSending(true)
    setError(undefined)
    await act().catch(setError)
    setSending(false)
  }
  return { error, isSending, send }
}

function OwnPassword() {
  const say = useSaid()
  const signedIn = useSignedIn()
  const { error, isSending, send } = useSending()
  const change = (body: { password: string; newPassword: string }) =>
    send(async () => signedIn(await answerOf(api.POST('/v1/me/password', { body }))))
  return (
    <Alone title={say(OWN_PASSWORD)}>
      {error === undefined ? null : <ProblemView error={error} />}
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={(entered: { password: string; newPassword: string }) => void change(entered)}
      >
        <Form.Item name="password" label={say(GIVEN)} rules={[{ required: true, message: say(NEEDED) }]}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        <Form.Item
          name="newPassword"
          label={say(OWN)}
          extra={say(RULE)}
          rules={[{ required: true, message: say(NEEDED) }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={isSending}>
          {say(SET)}
        </Button>
      </Form>
    </Alone>
  )
}

function Authenticator() {
  const say = useSaid()
  const signedIn = useSignedIn()
  const { error, isSending, send } = useSending()
  const [made, setMade] = useState<{ secret: string; uri: string }>()
  const begin = () => send(async () => setMade(await answerOf(api.POST('/v1/me/totp', { body: {} } as never))))
  const confirm = ({ code }: { code: string }) =>
    send(async () => signedIn(await answerOf(api.POST('/v1/me/totp/confirm', { body: { code } }))))
  return (
    <Alone title={say(ADD)}>
      <p>{say(WHY)}</p>
      {error === undefined ? null : <ProblemView error={error} />}
      {made === undefined ? (
        <Button type="primary" onClick={() => void begin()} loading={isSending}>
          {say(BEGIN)}
        </Button>
      ) : (
        <Form layout="vertical" requiredMark={false} onFinish={(entered: { code: string }) => void confirm(entered)}>
          <Form.Item label={say(SECRET)}>
            <Typography.Text code copyable>
              {made.secret}
            </Typography.Text>
          </Form.Item>
          <Form.Item name="code" label={say(CODE)} rules={[{ required: true, message: say(NEEDED) }]}>
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={isSending}>
            {say(CONFIRM)}
          </Button>
        </Form>
      )}
    </Alone>
  )
}

const NEEDED = words('必填', 'Needed')
const OWN_PASSWORD = words('设置您自己的密码', 'Set a password of your own')
const GIVEN = words('发给您的一次性密码', 'The one-time password that you were given')
const OWN = words('新密码', 'New password')
const RULE = words(
  '至少 12 位，含字母和其他字符；不能与最近四次相同',
  '12 characters or more, with letters and others; none of the last four',
)
const SET = words('设置', 'Set')
const ADD = words('绑定验证器', 'Add an authenticator')
const WHY = words(
  '您的角色要审批资金或权限，需要第二因素。',
  'Your roles decide about money or rights: a second factor is needed.',
)
const BEGIN = words('生成密钥', 'Make a secret')
const SECRET = words('把这个密钥输入手机上的验证器', 'Type this secret into your authenticator')
const CODE = words('验证器显示的六位数字', 'The six digits that it shows')
const CONFIRM = words('确认', 'Confirm')
