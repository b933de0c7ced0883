import { LijianError } from '@lijian/contracts/system'

/** What every payment keeps to, through whichever door it comes, unless its request or its client says otherwise. */
export interface PaymentTimes {
  queryDeadlineMs: number
  holdSeconds: number
  /** By payment method; it comes before `holdSeconds`. */
  holdSecondsByMethod?: Readonly<Record<string, number>>
  /** How far the instant of a payment may be from our clock. */
  clockSkewSeconds: number
}

/** A payment as far as its times are concerned. */
export interface Timed {
  request: { at?: string | undefined; holdSeconds?: number | undefined; deadlineMs?: number | undefined }
  receivedAtMs: number
  /** The client's own; the request's comes first. */
  deadlineMs?: number | undefined
}

export const deadlineMsOf = (times: PaymentTimes, { request, deadlineMs }: Timed): number =>
  request.deadlineMs ?? deadlineMs ?? times.queryDeadlineMs

export const holdMsOf = (times: PaymentTimes, { request }: Timed, method: string): number =>
  1000 * (request.holdSeconds ?? ofMethod(times, method) ?? times.holdSeconds)

/** Senders name methods: "constructor" is one. */
const ofMethod = ({ holdSecondsByMethod: seconds = {} }: PaymentTimes, method: string): number | undefined =>
  Object.hasOwn(seconds, method) ? seconds[method] : undefined

/** The instant of a payment is one of now; only a retry may come long after it. */
export const isSkewed = (times: PaymentTimes, { request: { at }, receivedAtMs }: Timed): boolean =>
  at !== undefined && Math.abs(Date.parse(at) - receivedAtMs) > times.clockSkewSeconds * 1000

export const skewed = ({ clockSkewSeconds }: PaymentTimes): LijianError =>
  new LijianError('invalid_request', undefined, {
    errors: [{ path: 'at', message: `differs from our clock by more than ${clockSkewSeconds} seconds` }],
  })
