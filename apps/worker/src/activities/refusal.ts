import { fieldErrors, LijianError, wrongTexts } from '@lijian/contracts/system'
import { ApplicationFailure } from '@temporalio/common'

/** A refusal ends the update with its code; `unavailable` and everything unforeseen is tried again. */
export async function refusalsAreFinal<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof LijianError) || error.code === 'unavailable' || error.code === 'internal') throw error
    const { code, detail, extra } = error
    const message = extra.errors?.map(({ path, message: say }) => `${path}: ${say}`).join('; ') ?? detail
    throw ApplicationFailure.create({ message, type: code, nonRetryable: true, details: [{ ...extra }] })
  }
}

interface Schema<T> {
  safeParse(
    value: unknown,
  ): { success: true; data: T } | { success: false; error: { issues: Parameters<typeof fieldErrors>[0] } }
}

/** What the HTTP door would have parsed. Throws LijianError invalid_request with the same errors. */
export function parsed<T>(schema: Schema<T>, value: unknown): T {
  const errors = wrongTexts(value)
  if (errors.length > 0) throw new LijianError('invalid_request', undefined, { errors })
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new LijianError('invalid_request', undefined, {
    errors: fieldErrors(result.error.issues, value, { showFound: false }),
  })
}
