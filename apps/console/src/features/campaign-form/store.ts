import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { answerOf, api, ApiProblem } from '../../api/client'
import { useSaid, useSession, useSignedIn } from '../../shell/session'
import { useStepUp } from '../../shell/step-up'
import { words } from '../../texts'
import { errorsOf, type FieldError } from './check'
import { partOf } from './document'
import { dropDraft } from './draft'

interface Props {
  document: unknown
  code: string | undefined
  version: number | undefined
  draftOf: string
}

/** Hands the document in as a new version. A lost session asks for another one; the draft waits. */
export function useStore({ document, code, version, draftOf }: Props) {
  const { me } = useSession()
  const say = useSaid()
  const navigate = useNavigate()
  const client = useQueryClient()
  const withSecondFactor = useStepUp()
  const signedIn = useSignedIn()
  const text = JSON.stringify(document)
  const save = useMutation({
    mutationFn: async () => {
      const to = code ?? String(partOf(document)['code'])
      const newest = await newestVersion(to)
      if (newest !== version) throw new Elsewhere(say(code === undefined ? TAKEN : CHANGED), text)
      const params = { path: { code: to } }
      return withSecondFactor(() => answerOf(api.PUT('/v1/campaigns/{code}', { params, body: document as never })))
    },
    onSuccess: async (made) => {
      dropDraft(me.id, draftOf)
      await client.invalidateQueries()
      await navigate({ to: `/campaigns/${made.code}` as never })
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.problem.status === 401) signedIn(null)
    },
  })
  const { error } = save
  const taken = error instanceof Elsewhere && error.text === text ? [{ path: 'code', message: error.message }] : []
  return {
    save: () => save.mutate(),
    isSaving: save.isPending,
    failure: error instanceof Elsewhere ? null : error,
    errors: [...errorsOf(error), ...taken] as readonly FieldError[],
  }
}

/** Nobody's work is written over: the code is somebody's, or the campaign has another version by now. */
class Elsewhere extends Error {
  constructor(
    message: string,
    readonly text: string,
  ) {
    super(message)
  }
}

async function newestVersion(code: string): Promise<number | undefined> {
  try {
    return (await answerOf(api.GET('/v1/campaigns/{code}', { params: { path: { code } } }))).latestVersion
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status === 404) return undefined
    throw error
  }
}

const TAKEN = words('已有活动用了这个编码，请换一个', 'A campaign has this code already: choose another')
const CHANGED = words('活动已有更新的版本，请重新打开再修改', 'The campaign has a newer version by now: open it again')
