import { wrongTexts } from '@lijian/contracts/text'
import { ApplicationFailure, log, type WorkflowInterceptorsFactory } from '@temporalio/workflow'

// Goes into the sandbox beside the flows, hence no zod; the SDK wants the name `interceptors`.

/** What no row can hold. The rest of what a text may not have is asked of updates alone: starts and signals bring what was stored, perhaps long ago. */
const NOT_STORABLE = /\\u(?:0000|d[89a-f])/i

function wrongWith(args: unknown): string | undefined {
  const [wrong] = wrongTexts(args)
  if (wrong === undefined) return undefined
  const path = wrong.path.replace(/^\[\d+\]\.?/, '')
  return path === '' ? wrong.message : `${path}: ${wrong.message}`
}

const refusal = (wrong: string) => ApplicationFailure.nonRetryable(wrong, 'invalid_request')
const notStorable = (args: unknown) => (NOT_STORABLE.test(JSON.stringify(args)) ? wrongWith(args) : undefined)

/**
 * The Temporal door refuses texts as HTTP does: the caller of an update is told, a start fails, and a signal, which nobody waits for, changes nothing.
 * An update with a validator is refused before it stands in the history. What is fine passes without a step of its own: the order of steps is part
 * of histories. What is thrown by `execute` itself would fail the task, again and again.
 */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [
    {
      execute: (input, next) => {
        const wrong = notStorable(input.args)
        return wrong === undefined ? next(input) : Promise.reject(refusal(wrong))
      },
      validateUpdate: (input, next) => {
        const wrong = wrongWith(input.args)
        if (wrong !== undefined) throw refusal(wrong)
        next(input)
      },
      handleUpdate: (input, next) => {
        const wrong = wrongWith(input.args)
        return wrong === undefined ? next(input) : Promise.reject(refusal(wrong))
      },
      handleSignal: (input, next) => {
        const wrong = notStorable(input.args)
        if (wrong === undefined) return next(input)
        log.warn('a signal is ignored', { signal: input.signalName, wrong })
        return Promise.resolve()
      },
    },
  ],
})
