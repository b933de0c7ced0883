import { Button, Flex } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { ACTIONS } from '../actions'
import { useSaid, useSession } from '../shell/session'
import { standingOf, type ActionDefinition, type Subject } from './define-action'

const ActionDialog = lazy(async () => ({ default: (await import('./action-dialog')).ActionDialog }))
const NOTHING: Subject = {}

interface ActionsProps {
  /** The list of the console on which they stand. */
  list: string
  /** Absent: what makes new ones. */
  subject?: Subject
  /** In a row of a table. */
  isSmall?: boolean
}

/** What this person may do here. What the roles give no right to is not there; what does not go now says why. */
export function Actions({ list, subject, isSmall = false }: ActionsProps) {
  const say = useSaid()
  const { me } = useSession()
  const [open, setOpen] = useState<ActionDefinition>()
  const at = subject === undefined ? 'new' : 'record'
  const about = subject ?? NOTHING
  const shown = ACTIONS.filter((action) => action.list === list && action.at === at)
    .map((action) => ({ action, standing: standingOf(action, me, about) }))
    .filter(({ standing }) => standing.is !== 'hidden')
  if (shown.length === 0) return null
  const reasons = new Set(shown.map(({ standing }) => (standing.is === 'disabled' ? say(standing.why) : '')))
  reasons.delete('')
  return (
    <Flex vertical gap={4}>
      <Flex gap={isSmall ? 4 : 8} wrap={!isSmall} className="actions">
        {shown.map(({ action, standing }) => (
          <Button
            key={action.key}
            size={isSmall ? 'small' : 'middle'}
            danger={action.isDangerous === true}
            disabled={standing.is === 'disabled'}
            title={standing.is === 'disabled' ? say(standing.why) : undefined}
            onClick={() => setOpen(action)}
          >
            {say(action.title)}
          </Button>
        ))}
      </Flex>
      {isSmall || reasons.size === 0 ? null : <small className="quiet">{[...reasons].join(' ')}</small>}
      {open === undefined ? null : (
        <Suspense fallback={null}>
          <ActionDialog key={open.key} action={open} subject={about} onEnd={() => setOpen(undefined)} />
        </Suspense>
      )}
    </Flex>
  )
}
