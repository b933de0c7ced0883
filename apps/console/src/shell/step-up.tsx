import { App, Input } from 'antd'
import { answerOf, api, ApiProblem } from '../api/client'
import { words } from '../texts'
import { useSaid } from './session'

/** Does it; where the API wants a fresh second factor, asks for the code in a dialog and does it again. What is on the page stays. */
export function useStepUp(): <T>(act: () => Promise<T>) => Promise<T> {
  const { modal } = App.useApp()
  const say = useSaid()
  const askCode = () =>
    new Promise<string | undefined>((resolve) => {
      let code = ''
      modal.confirm({
        title: say(TITLE),
        content: (
          <Input
            autoFocus
            aria-label={say(CODE)}
            placeholder={say(CODE)}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            onChange={({ target }) => (code = target.value.trim())}
          />
        ),
        onOk: () => resolve(code),
        onCancel: () => resolve(undefined),
      })
    })
  return async (act) => {
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.problem.code !== 'step_up') throw error
      const code = await askCode()
      if (code === undefined) throw error
      await answerOf(api.POST('/v1/sessions/current/step-up', { body: { code } }))
      return act()
    }
  }
}
const TITLE = words('再次验证身份', 'Show your second factor')
const CODE = words('验证器上的六位数字', 'The six digits of your authenticator')
