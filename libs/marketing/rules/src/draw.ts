import type { Draw, DrawLayer, DrawSpan } from '@lijian/contracts/marketing'
import { createHmac, hash } from 'node:crypto'
import { seedByPerson } from './draw-place'
import type { CompiledOffer, PaymentFacts } from './types'

/**
 * The value of a draw: uniform over min, min + step … max, or of the layer that was drawn first. A retry draws the same, and an auditor who
 * has the key can repeat it: HMAC-SHA-256 over a JSON array, the seed;
 * layer = first 8 bytes × Σ weights ÷ 2^64, value index = next 8 bytes × n ÷ 2^64, both rounded down (DESIGN §3, "draw").
 */
export function drawValue(draw: Draw, defaultStep: number, offer: CompiledOffer, facts: PaymentFacts): number {
  return drawn(draw, defaultStep, offer, facts).value
}

export interface Drawn {
  value: number
  /** What was drawn from. */
  span: DrawSpan
  /** Place of its layer in the document, from 0; absent without layers. */
  layer?: number
}

/** The same, with the layer that was drawn first. */
export function drawn(draw: Draw, defaultStep: number, offer: CompiledOffer, facts: PaymentFacts): Drawn {
  const seed = seedByPerson(offer, facts) ?? [facts.client, facts.serial, offer.code, offer.version]
  const digest = createHmac('sha256', offer.drawKey).update(JSON.stringify(seed), 'utf8').digest()
  const layer = 'layers' in draw ? layerAt(draw.layers, digest.readBigUInt64BE(0)) : undefined
  const span = layer === undefined ? (draw as DrawSpan) : (draw as { layers: DrawLayer[] }).layers[layer]!
  const { min, max, step = defaultStep } = span
  const values = Math.floor((max - min) / step) + 1
  const value = min + Number((digest.readBigUInt64BE(8) * BigInt(values)) >> 64n) * step
  return layer === undefined ? { value, span } : { value, span, layer }
}

/** Which key drew, without telling it: keys are changed, and an old decision is explained with the key of its day. */
export const drawKeyId = (key: Buffer): string => hash('sha256', key, 'hex').slice(0, 12)

function layerAt(layers: readonly DrawLayer[], random: bigint): number {
  const weights = layers.reduce((sum, { weight }) => sum + weight, 0)
  let place = Number((random * BigInt(weights)) >> 64n)
  for (const [layer, { weight }] of layers.entries()) {
    if (place < weight) return layer
    place -= weight
  }
  throw new Error('weights do not sum to themselves')
}
