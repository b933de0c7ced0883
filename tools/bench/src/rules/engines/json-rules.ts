import { Engine as JsonRules, type ConditionProperties, type EngineResult } from 'json-rules-engine'
import type { Documents } from '../../data/documents'
import type { Engine } from '../engine'
import { plainOffers, type Condition, type PeerFacts, type PlainOffer, type Step } from '../plain'

/** Higher is asked earlier, and a failure spares the rest: the merchant first. */
const FIRST = 2

function condition(c: Condition): ConditionProperties {
  const priority = c.fact === 'merchant' ? FIRST : 1
  const of = (operator: string, value: unknown) => ({ fact: c.fact, operator, value, priority })
  switch (c.is) {
    case 'in':
      return of('in', c.values)
    case 'notIn':
      return of('notIn', c.values)
    case 'has':
      return of('contains', c.value)
    case 'atLeast':
      return of('greaterThanInclusive', c.value)
    case 'below':
      return of('lessThan', c.value)
  }
}

/** One rule per step: an event says what stands in it and computes nothing. */
function rules({ code, conditions, steps }: PlainOffer) {
  return steps.map(({ atLeast, gives }, i) => {
    const range: Condition[] = [{ fact: 'amount', is: 'atLeast', value: atLeast }]
    const next: Step | undefined = steps[i + 1]
    if (next !== undefined) range.push({ fact: 'amount', is: 'below', value: next.atLeast })
    if (gives === 'fee') range.push({ fact: 'fee', is: 'atLeast', value: 1 })
    return {
      conditions: { all: [...conditions, ...range].map(condition) },
      event: { type: 'offer', params: { code, ...(typeof gives === 'number' ? { off: gives } : {}) } },
    }
  })
}

export function jsonRules(documents: Documents): Promise<Engine<PeerFacts, EngineResult>> {
  const engine = new JsonRules(plainOffers(documents).flatMap(rules))
  return Promise.resolve({
    input: ({ peer }) => peer,
    evaluate: (peer) => engine.run({ ...peer }),
    answer: ({ events }) =>
      new Map(events.map(({ params }) => [params!['code'] as string, params!['off'] as number | undefined])),
  })
}
