import { LijianError } from '@lijian/contracts/system'
import { ApplicationFailure } from '@temporalio/common'

/** A refusal ends the update with its code; `unavailable` and everything unforeseen is tried again. */
export async function refusalsAreFinal<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof LijianError) || error.code === 'unavailable' || error.code === 'internal') throw error
    const details = [{ ...error.extra }]
    throw ApplicationFailure.create({ message: error.detail, type: error.code, nonRetryable: true, details })
  }
}
