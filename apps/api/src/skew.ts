import { LijianError } from '@lijian/contracts/system'

/** The instant of a payment is one of now. */
export const isSkewed = (at: string, nowMs: number, skewSeconds: number): boolean =>
  Math.abs(Date.parse(at) - nowMs) > skewSeconds * 1000

export const skewed = (skewSeconds: number): LijianError =>
  new LijianError('invalid_request', undefined, {
    errors: [{ path: 'at', message: `differs from our clock by more than ${skewSeconds} seconds` }],
  })
