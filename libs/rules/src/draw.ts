import type { Draw } from '@lijian/contracts'
import { createHmac } from 'node:crypto'
import type { CompiledOffer, PaymentFacts } from './types'

/**
 * The value of a draw: uniform over min, min + step … max, fixed by the payment's serial. A retry draws the same, and an auditor who has the
 * key can repeat it: HMAC-SHA-256 over the JSON array [client, serial, offer code, rule version]; the first 8 bytes choose the layer (there is
 * one), the next 8 the value.
 */
export function drawValue(
  { min, max, step }: Draw,
  defaultStep: number,
  offer: CompiledOffer,
  facts: PaymentFacts,
): number {
  const by = step ?? defaultStep
  const values = Math.floor((max - min) / by) + 1
  const seed = JSON.stringify([facts.client, facts.serial, offer.code, offer.version])
  const digest = createHmac('sha256', offer.drawKey).update(seed, 'utf8').digest()
  const index = Number((digest.readBigUInt64BE(8) * BigInt(values)) >> 64n)
  return min + index * by
}
