import type { Draw, DrawLayer, DrawSpan } from '@lijian/contracts'
import { createHmac } from 'node:crypto'
import type { CompiledOffer, PaymentFacts } from './types'

/**
 * The value of a draw: uniform over min, min + step … max, or of the layer that was drawn first; fixed by the payment's serial. A retry
 * draws the same, and an auditor who has the key can repeat it: HMAC-SHA-256 over the JSON array [client, serial, offer code, rule version];
 * layer = first 8 bytes × Σ weights ÷ 2^64, value index = next 8 bytes × n ÷ 2^64, both rounded down (DESIGN §3, "draw").
 */
export function drawValue(draw: Draw, defaultStep: number, offer: CompiledOffer, facts: PaymentFacts): number {
  const seed = JSON.stringify([facts.client, facts.serial, offer.code, offer.version])
  const digest = createHmac('sha256', offer.drawKey).update(seed, 'utf8').digest()
  const {
    min,
    max,
    step = defaultStep,
  } = 'layers' in draw ? layerAt(draw.layers, digest.readBigUInt64BE(0)) : (draw satisfies DrawSpan)
  const values = Math.floor((max - min) / step) + 1
  return min + Number((digest.readBigUInt64BE(8) * BigInt(values)) >> 64n) * step
}

function layerAt(layers: readonly DrawLayer[], random: bigint): DrawLayer {
  const weights = layers.reduce((sum, { weight }) => sum + weight, 0)
  let place = Number((random * BigInt(weights)) >> 64n)
  for (const layer of layers) {
    if (place < layer.weight) return layer
    place -= layer.weight
  }
  throw new Error('weights do not sum to themselves')
}
