import { LogicEngine } from 'json-logic-engine'
import type { Documents } from '../../data/documents'
import type { Engine } from '../engine'
import { plainOffers, type Condition, type Fact, type PeerFacts, type PlainOffer, type Step } from '../plain'

type Logic = Readonly<Record<string, unknown>>
/** Met, but what it gives cannot be said. */
const MET = 'met'

const fact = (name: Fact): Logic => ({ var: name })

function condition(c: Condition): Logic {
  switch (c.is) {
    case 'in':
      return { in: [fact(c.fact), c.values] }
    case 'notIn':
      return { '!': { in: [fact(c.fact), c.values] } }
    case 'has':
      return { in: [c.value, fact(c.fact)] }
    case 'atLeast':
      return { '>=': [fact(c.fact), c.value] }
    case 'below':
      return { '<': [fact(c.fact), c.value] }
  }
}

function gives({ gives: what }: Step, capFen: number | undefined): unknown {
  if (what === 'draw') return MET
  if (what === 'fee') return fact('fee')
  if (typeof what === 'number') return what
  if ('above' in what) return { '-': [fact('amount'), what.above] }
  // There is no rounding: what is over a whole fen is taken off before the division.
  const part = { '*': [fact('amount'), what.ppm] }
  const whole = { '/': [{ '-': [part, { '%': [part, 1_000_000] }] }, 1_000_000] }
  return capFen === undefined ? whole : { min: [whole, capFen] }
}

function rule({ conditions, steps, capFen }: PlainOffer): Logic {
  const chain = [...steps].reverse().flatMap((step) => [{ '>=': [fact('amount'), step.atLeast] }, gives(step, capFen)])
  return { if: [{ and: conditions.map(condition) }, { if: [...chain, 0] }, 0] }
}

/** Each rule is compiled to JavaScript; the engine knows no set of rules, so they are asked one after another. */
export function jsonLogic(documents: Documents): Promise<Engine<PeerFacts, [string, unknown][]>> {
  const engine = new LogicEngine()
  const offers = plainOffers(documents)
  const codes = offers.map(({ code }) => code)
  const tests = offers.map((offer) => engine.build(rule(offer)) as (facts: PeerFacts) => unknown)
  return Promise.resolve({
    input: ({ peer }) => peer,
    evaluate(peer) {
      const met: [string, unknown][] = []
      for (let i = 0; i < tests.length; i++) {
        const given = tests[i]!(peer)
        if (given !== 0) met.push([codes[i]!, given])
      }
      return met
    },
    answer: (met) => new Map(met.map(([code, given]) => [code, given === MET ? undefined : (given as number)])),
  })
}
