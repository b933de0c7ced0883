import { Input } from 'antd'
import { useState } from 'react'
import { useSaid } from '../../shell/session'
import { words } from '../../texts'

/** The same object as text. What is no JSON yet stays here, and the form keeps what it had. */
export function JsonTab({ document, onChange }: { document: unknown; onChange: (document: unknown) => void }) {
  const say = useSaid()
  const [text, setText] = useState(() => JSON.stringify(document, null, 2))
  const [fault, setFault] = useState<string | undefined>()
  return (
    <>
      <label htmlFor="json" className="quiet">
        {say(JSON_OF)}
      </label>
      <Input.TextArea
        id="json"
        className="mono"
        rows={30}
        spellCheck={false}
        value={text}
        status={fault === undefined ? '' : 'error'}
        onChange={({ target }) => {
          setText(target.value)
          try {
            onChange(JSON.parse(target.value))
            setFault(undefined)
          } catch (error) {
            setFault(String((error as Error).message))
          }
        }}
      />
      <div role="alert" className="fault">
        {fault}
      </div>
    </>
  )
}
const JSON_OF = words('活动文档，与表单是同一份', 'The document: the same that the form shows')
