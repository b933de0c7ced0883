import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Form, Modal } from 'antd'
import { useState } from 'react'
import { ApiProblem } from '../api/client'
import { useSaid, useSession } from '../shell/session'
import { useStepUp } from '../shell/step-up'
import { words } from '../texts'
import { ActionAnswer, waitsAs } from './action-answer'
import { ActionField } from './action-field'
import type { ActionDefinition, Subject, Typed } from './define-action'
import { LateImports } from './late-actions'
import { ProblemView } from './problem-view'
import { perform } from './perform'
import { STATES } from './states'
import { currencyOf, firstOf, shownFields } from './typed-body'

interface DialogProps {
  action: ActionDefinition
  subject: Subject
  onEnd: () => void
}

/** Does it; what is done without another word ends the dialog. */
function useDoing({ action, subject, onEnd }: DialogProps) {
  const say = useSaid()
  const { me } = useSession()
  const { message } = App.useApp()
  const client = useQueryClient()
  const withSecondFactor = useStepUp()
  return useMutation({
    mutationFn: (typed: Typed) => withSecondFactor(() => perform(action, subject, typed, me)),
    onSuccess: (answer) => {
      if (waitsAs(answer) !== undefined || action.once !== undefined) return
      const state = STATES[String(answer['state'])]
      void message.success(state === undefined ? say(DONE) : `${say(DONE)} ${say(state[0])}`)
      onEnd()
    },
    // Also after a failure: it may have been done, and the answer lost.
    onSettled: () => client.invalidateQueries(),
  })
}

/** Asks for what an action needs, does it, and says what came of it. What is typed stays until it is done, also over a second factor. */
export function ActionDialog({ action, subject, onEnd }: DialogProps) {
  const say = useSaid()
  const [form] = Form.useForm<Record<string, unknown>>()
  const [typed, setTyped] = useState<Typed>(() => firstOf(action, subject))
  const doing = useDoing({ action, subject, onEnd })
  const fields = shownFields(action, typed)
  const { placed, rest } = faultsOf(doing.error, fields.map(({ name }) => name)) // prettier-ignore
  const isLong = action.fields.length > LONG
  const isDone = doing.isSuccess
  const isReady = fields.every(({ name, needed }) => needed !== true || !isEmpty(typed[name]))
  return (
    <Modal
      open
      width={isLong ? 760 : 560}
      title={say(action.title)}
      okText={say(isDone ? CLOSE : action.title)}
      cancelText={say(CANCEL)}
      okButtonProps={{ disabled: !isDone && !isReady, danger: action.isDangerous === true }}
      cancelButtonProps={{ hidden: isDone }}
      confirmLoading={doing.isPending}
      mask={{ closable: false }}
      destroyOnHidden
      onOk={() => (isDone ? onEnd() : form.submit())}
      onCancel={onEnd}
    >
      {isDone ? (
        <ActionAnswer action={action} answer={doing.data} onEnd={onEnd} />
      ) : (
        <Form
          form={form}
          layout="vertical"
          className={isLong ? 'long-form' : undefined}
          requiredMark={(label, { required }) => (
            <>
              {label}
              {required ? null : <small className="quiet">&nbsp;({say(OPTIONAL)})</small>}
            </>
          )}
          initialValues={typed}
          onValuesChange={(_, all) => setTyped({ ...typed, ...all })}
          onFinish={() => doing.mutate(typed)}
        >
          {action.effect === undefined ? null : <p>{say(action.effect)}</p>}
          {rest === undefined ? null : <ProblemView error={rest} again={() => doing.mutate(typed)} />}
          {action.file === undefined || !doing.isPending ? null : <LateImports from={action.file.imports} isSending />}
          {fields.map((field) => (
            <ActionField
              key={field.name}
              field={field}
              subject={subject}
              currency={currencyOf(subject, typed)}
              fault={placed[field.name]}
            />
          ))}
        </Form>
      )}
    </Modal>
  )
}

/** More fields than this stand in two columns. */
const LONG = 7
const isEmpty = (value: unknown) => value === undefined || value === null || String(value).trim() === ''

/** Faults at the fields that they name; `rest`: what remains to be said above them. */
function faultsOf(error: unknown, names: readonly string[]) {
  const placed: Record<string, { en: string; zh: string }> = {}
  if (!(error instanceof ApiProblem)) return { placed, rest: error ?? undefined }
  const { errors = [], ...problem } = error.problem
  const fieldOf = (path: string) =>
    names.find((name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`))
  const homeless = errors.filter(({ path, message: en, messageZh: zh = en }) => {
    const name = fieldOf(path)
    if (name !== undefined) placed[name] = { en, zh }
    return name === undefined
  })
  const isPlaced = errors.length > 0 && homeless.length === 0
  return { placed, rest: isPlaced ? undefined : new ApiProblem({ ...problem, errors: homeless }) }
}

const DONE = words('已完成', 'Done')
const CLOSE = words('关闭', 'Close')
const CANCEL = words('取消', 'Cancel')
const OPTIONAL = words('选填', 'optional')
