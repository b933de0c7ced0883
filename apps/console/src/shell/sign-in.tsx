import { Button, Card, Flex, Form, Input, Typography } from 'antd'
import { useState } from 'react'
import { answerOf, api } from '../api/client'
import { ProblemView } from '../kit/problem-view'
import { words } from '../texts'
import { useSaid, useSignedIn } from './session'

interface Entered {
  login: string
  password: string
  code?: string
}

export function SignIn() {
  const say = useSaid()
  const signedIn = useSignedIn()
  const [error, setError] = useState<unknown>()
  const [isAsking, setAsking] = useState(false)
  const enter = async ({ code, ...entered }: Entered) => {
    setAsking(true)
    setError(undefined)
    try {
      signedIn(await answerOf(api.POST('/v1/sessions', { body: { ...entered, ...(code ? { code } : {}) } })))
    } catch (refusal) {
      setError(refusal)
    } finally {
      setAsking(false)
    }
  }
  return (
    <main className="alone">
      <Card style={{ width: 400 }}>
        <Flex vertical gap={16}>
          <Typography.Title level={1} style={{ fontSize: 22, margin: 0 }}>
            立减 Lijian
          </Typography.Title>
          {error === undefined ? null : <ProblemView error={error} />}
          <Form<Entered> layout="vertical" onFinish={(entered) => void enter(entered)} requiredMark={false}>
            <Form.Item name="login" label={say(LOGIN)} rules={[{ required: true, message: say(NEEDED) }]}>
              <Input autoComplete="username" autoFocus />
            </Form.Item>
            <Form.Item name="password" label={say(PASSWORD)} rules={[{ required: true, message: say(NEEDED) }]}>
              <Input.Password autoComplete="current-password" />
            </Form.Item>
            <Form.Item name="code" label={say(CODE)}>
              <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={isAsking} block>
              {say(ENTER)}
            </Button>
          </Form>
          <a href="/v1/sessions/oidc">{say(OIDC)}</a>
        </Flex>
      </Card>
    </main>
  )
}
const LOGIN = words('登录名', 'Login')
const PASSWORD = words('密码', 'Password')
const CODE = words('验证器上的六位数字（如已绑定）', 'Code of the authenticator, if you have one')
const ENTER = words('登录', 'Sign in')
const NEEDED = words('必填', 'Needed')
const OIDC = words('用企业账号登录', 'Sign in with the company account')
