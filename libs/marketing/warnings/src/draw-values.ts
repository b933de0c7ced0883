import type { Draw } from '@lijian/contracts/marketing'

/** The values first, first + step … (`count` of them), all equally likely, chosen with this weight. */
export interface DrawValues {
  weight: number
  first: number
  step: number
  count: number
  last: number
}

export const OFF_STEP = 1
export const PAY_PPM_STEP = 10_000

/** A number is a draw with one value. A max that no step reaches is no value (DESIGN §3, "draw"). */
export function drawValues(draw: number | Draw, defaultStep: number): DrawValues[] {
  if (typeof draw === 'number') return [{ weight: 1, first: draw, step: defaultStep, count: 1, last: draw }]
  const layers = 'layers' in draw ? draw.layers : [{ weight: 1, ...draw }]
  return layers.map(({ weight, min, max, step = defaultStep }) => {
    const count = Math.floor((max - min) / step) + 1
    return { weight, first: min, step, count, last: min + (count - 1) * step }
  })
}

export const leastOf = (draw: number | Draw): number => Math.min(...drawValues(draw, 1).map(({ first }) => first))
export const mostOf = (draw: number | Draw, defaultStep: number): number =>
  Math.max(...drawValues(draw, defaultStep).map(({ last }) => last))
