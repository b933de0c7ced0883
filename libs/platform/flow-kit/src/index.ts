import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  condition,
  currentUpdateInfo,
  patched,
  setHandler,
  upsertSearchAttributes,
  type QueryDefinition,
  type SignalDefinition,
} from '@temporalio/workflow'

export { atMinute, inWords, named, reminder } from './names'
export * from './ticks'

interface Snapshot {
  /** Higher with each change. */
  version: number
  state: string
}

interface Changed<Body> {
  version: number
  body: Body
}

/**
 * The newest state of a thing that PostgreSQL has, for a flow that shows it and waits. It comes with the relay's signal, more than once and in any
 * order, and as the answer of an update; `show` is called whenever it is newer. Handlers of updates are set before `begin`: a signal that came with
 * the start is taken last. Recorded histories depend on this order.
 */
export function newestState<Body extends Snapshot>(
  changedSignal: SignalDefinition<[Changed<Body>]>,
  stateQuery: QueryDefinition<Body | null>,
  show: () => void,
) {
  let known: Changed<Body> | null = null
  const learn = (changed: Changed<Body>) => {
    if (known !== null && changed.version <= known.version) return
    const before = known?.body.state
    known = changed
    // The first one came with the start. Flows that began before this learnt to tell it tell only the last.
    if (before !== undefined && before !== changed.body.state && patched('state-when-it-changes')) tellState()
    show()
  }
  /** What people search flows by. */
  const tellState = () =>
    upsertSearchAttributes([{ key: { name: 'LijianState', type: 'KEYWORD' }, value: known!.body.state }])
  setHandler(stateQuery, () => known?.body ?? null)
  return {
    /** Only after `begin`, and in `show`. */
    now: () => known!.body,
    /** Until the first state is known. */
    begin: () => {
      setHandler(changedSignal, learn)
      return condition(() => known !== null)
    },
    /** An update's answer: what its activity made of the thing, or the refusal. */
    ask: async (call: Promise<Body>) => {
      const body = await orRefusal(call)
      learn({ version: body.version, body })
      return body
    },
    /** Every update has its answer; what the flow returns: the state, and what `figuresOf` takes from the last body. */
    end: async <Figures extends object>(figuresOf: (body: Body) => Figures) => {
      await condition(allHandlersFinished)
      tellState()
      const { body } = known!
      return { state: body.state as Body['state'], ...figuresOf(body) }
    },
  }
}

/** For an update: its caller reads the refusal itself instead of "activity failed". */
export const orRefusal = <Answer>(call: Promise<Answer>): Promise<Answer> =>
  call.catch((failure: unknown) => {
    throw failure instanceof ActivityFailure && failure.cause ? failure.cause : failure
  })

/** The validator of an update, of a function that says what is wrong with its argument: it leaves nothing in the history. */
export const refusing =
  <Argument>(wrongWith: (argument: Argument) => string | undefined) =>
  (argument: Argument): void => {
    const wrong = wrongWith(argument)
    if (wrong !== undefined) throw ApplicationFailure.nonRetryable(wrong, 'invalid_request')
  }

/** Whoever spends a proof knows by it that the same update asks again. Only in a handler of an update. */
export const updateId = (): string => currentUpdateInfo()!.id

/** The validator of an update that decides something: whether there is a proof, then as `refusing`. The worker looks into the proof. */
export const refusingUnproven = <Argument extends { proof?: unknown }>(
  wrongWith: (argument: Argument) => string | undefined = () => undefined,
): ((argument: Argument) => void) =>
  refusing((argument) =>
    typeof argument.proof === 'string' && argument.proof !== ''
      ? wrongWith(argument)
      : 'proof: expected what POST /v1/decision-proofs answers the person who decides',
  )
