import type { FieldError } from './errors'
import { found } from './field-errors'
import { list, object, whole } from './loose'

type Loose = Record<string, unknown>
const PPM = 1_000_000

export function benefitErrors(benefit: Loose, at: string): FieldError[] {
  switch (benefit.type) {
    case 'reduce':
      return tierErrors(benefit, `${at}.tiers`, (tier, path) => drawErrors(tier.off, 1, `${path}.off`))
    case 'percent':
      return tierErrors(benefit, `${at}.tiers`, (tier, path) => [
        ...drawErrors(tier.payPpm, 10_000, `${path}.payPpm`),
        ...payErrors(tier.payPpm, `${path}.payPpm`),
      ])
    case 'fixedPrice':
      return aboveErrors(benefit.price, benefit.upTo, 'price', `${at}.upTo`)
    case 'rate':
      return minMaxErrors(benefit, at)
    default:
      return []
  }
}

/** Tiers stand in strictly ascending order: a later one with the same or a lower threshold would never be reached, or always. */
function tierErrors(benefit: Loose, at: string, ofTier: (tier: Loose, path: string) => FieldError[]): FieldError[] {
  let highest: number | undefined
  return list(benefit.tiers).flatMap((entry, i) => {
    const tier = object(entry)
    const errors = ofTier(tier, `${at}[${i}]`)
    const atLeast = whole(tier.atLeast)
    if (atLeast !== undefined && highest !== undefined && atLeast <= highest)
      errors.push({
        path: `${at}[${i}].atLeast`,
        message: `expected more than the tier before (${highest}), found ${atLeast}`,
      })
    highest = atLeast ?? highest
    return errors
  })
}

/** The values of a draw are min, min + step … max: a max that no step reaches is a promise nobody can win. */
function drawErrors(draw: unknown, defaultStep: number, path: string): FieldError[] {
  const { min, max, step } = object(draw)
  const least = whole(min)
  const most = whole(max)
  const by = whole(step ?? defaultStep)
  if (least === undefined || most === undefined) return []
  if (least > most) return [{ path: `${path}.max`, message: `expected at least min (${least}), found ${most}` }]
  if (by === undefined || by < 1 || (most - least) % by === 0) return []
  return [{ path: `${path}.max`, message: `expected min (${least}) and a multiple of step (${by}), found ${most}` }]
}

function payErrors(payPpm: unknown, path: string): FieldError[] {
  const fixed = whole(payPpm)
  const [most, where] = fixed === undefined ? [whole(object(payPpm).max), `${path}.max`] : [fixed, path]
  if (most === undefined || most < PPM) return []
  return [{ path: where, message: `expected less than 1000000 (all of it would be paid), found ${most}` }]
}

function aboveErrors(lower: unknown, upper: unknown, name: string, path: string): FieldError[] {
  const least = whole(lower)
  const most = whole(upper)
  if (least === undefined || most === undefined || most > least) return []
  return [{ path, message: `expected more than ${name} (${least}), found ${found(upper)}` }]
}

function minMaxErrors(benefit: Loose, at: string): FieldError[] {
  const least = whole(benefit.min)
  const most = whole(benefit.max)
  if (least === undefined || most === undefined || least <= most) return []
  return [{ path: `${at}.max`, message: `expected at least min (${least}), found ${most}` }]
}
