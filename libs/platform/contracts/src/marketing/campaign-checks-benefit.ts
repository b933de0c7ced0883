import type { FieldError } from '../system/errors'
import { found } from '../system/field-errors'
import { list, object, whole } from '../system/loose'

type Loose = Record<string, unknown>

export function benefitErrors(benefit: Loose, at: string): FieldError[] {
  switch (benefit.type) {
    case 'reduce':
      return tierErrors(benefit, `${at}.tiers`, (tier, path) => [
        ...drawErrors(tier.off, `${path}.off`),
        ...everyErrors(tier, path),
      ])
    case 'percent':
      return tierErrors(benefit, `${at}.tiers`, (tier, path) => drawErrors(tier.payPpm, `${path}.payPpm`))
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

/** A max that no step reaches is legal: the values are min, min + step … as far as they go. */
function drawErrors(draw: unknown, path: string): FieldError[] {
  const { layers } = object(draw)
  if (Array.isArray(layers)) return layers.flatMap((layer, i) => spanErrors(object(layer), `${path}.layers[${i}]`))
  return spanErrors(object(draw), path)
}

function spanErrors({ min, max }: Loose, path: string): FieldError[] {
  const least = whole(min)
  const most = whole(max)
  if (least === undefined || most === undefined || least <= most) return []
  return [{ path: `${path}.max`, message: `expected at least min (${least}), found ${most}` }]
}

function everyErrors(tier: Loose, path: string): FieldError[] {
  if (tier.every !== true || whole(tier.atLeast) !== 0) return []
  return [{ path: `${path}.every`, message: 'expected atLeast above 0 beside every, found 0' }]
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
