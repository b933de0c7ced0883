import { counterKey } from '@lijian/limits'
import type { Charge, CompiledOffer } from './types'

interface Counter {
  limitId: string
  values: string
  start: string
  until?: string | undefined
}

/** Takes a counter that has room for one use in its period, whatever the amount. */
export const singleUse = (
  { version }: Pick<CompiledOffer, 'version'>,
  kind: Charge['kind'],
  { limitId, values, start, until }: Counter,
): Charge => ({
  key: counterKey(limitId, values, start),
  limitId,
  kind,
  measure: 'discount',
  clip: false,
  limitFen: null,
  limitCount: 1,
  version,
  fen: 0,
  count: 1,
  periodStart: start,
  ...(until === undefined ? {} : { until }),
  shared: false,
})
