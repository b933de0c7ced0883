import { ZenDecisionContent, ZenEngine, type ZenEngineResponse } from '@gorules/zen-engine'
import type { Documents } from '../../data/documents'
import type { Engine } from '../engine'
import { plainOffers, type Condition, type PeerFacts, type PlainOffer, type Step } from '../plain'

const list = (values: readonly (string | number)[]): string =>
  `[${values.map((value) => JSON.stringify(value)).join(', ')}]`

function cell(c: Condition): string {
  switch (c.is) {
    case 'in':
      return `$ in ${list(c.values)}`
    case 'notIn':
      return `$ not in ${list(c.values)}`
    case 'has':
      return `contains($, ${JSON.stringify(c.value)})`
    case 'atLeast':
      return `$ >= ${c.value}`
    case 'below':
      return `$ < ${c.value}`
  }
}

function gives({ gives: what }: Step, capFen: number | undefined): string {
  if (what === 'draw') return 'null'
  if (what === 'fee') return 'fee'
  if (typeof what === 'number') return String(what)
  if ('above' in what) return `amount - ${what.above}`
  const part = `floor(amount * ${what.ppm} / 1000000)`
  return capFen === undefined ? part : `min([${part}, ${capFen}])`
}

const off = ({ steps, capFen }: PlainOffer): string =>
  steps.reduce(
    (below, step) =>
      below === '' ? gives(step, capFen) : `amount >= ${step.atLeast} ? ${gives(step, capFen)} : (${below})`,
    '',
  )

/** One row of a decision table per offer; columns stand in the order of the conditions, an empty cell asks nothing. */
function table(offers: readonly PlainOffer[]) {
  const asked = offers.map(({ conditions, steps }) => {
    const least: Condition[] = [{ fact: 'amount', is: 'atLeast', value: steps[0]!.atLeast }]
    if (steps[0]!.gives === 'fee') least.push({ fact: 'fee', is: 'atLeast', value: 1 })
    return [...conditions, ...least]
  })
  // A fact may be asked twice (from 06:00, before 23:00): a column for each way of asking.
  const columns = [...new Map(asked.flat().map((c) => [`${c.fact} ${c.is}`, c.fact] as const))]
  const rules = offers.map((offer, i) => ({
    _id: offer.code,
    ...Object.fromEntries(columns.map(([column]) => [column, ''])),
    ...Object.fromEntries(byColumn(asked[i]!).map(([column, cells]) => [column, cells.join(' and ')])),
    code: JSON.stringify(offer.code),
    off: off(offer),
  }))
  return {
    hitPolicy: 'collect',
    inputs: columns.map(([id, field]) => ({ id, name: id, field })),
    outputs: ['code', 'off'].map((id) => ({ id, name: id, field: id })),
    rules,
  }
}

function byColumn(conditions: readonly Condition[]): [string, string[]][] {
  const cells = new Map<string, string[]>()
  for (const c of conditions) {
    const column = `${c.fact} ${c.is}`
    cells.set(column, [...(cells.get(column) ?? []), cell(c)])
  }
  return [...cells]
}

export function zen(documents: Documents): Promise<Engine<PeerFacts, ZenEngineResponse>> {
  const position = { x: 0, y: 0 }
  const content = new ZenDecisionContent({
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      { id: 'in', type: 'inputNode', name: 'payment', position },
      { id: 'offers', type: 'decisionTableNode', name: 'offers', position, content: table(plainOffers(documents)) },
      { id: 'out', type: 'outputNode', name: 'offers', position },
    ],
    edges: [
      { id: '1', type: 'edge', sourceId: 'in', targetId: 'offers' },
      { id: '2', type: 'edge', sourceId: 'offers', targetId: 'out' },
    ],
  })
  const decision = new ZenEngine().createDecision(content)
  return Promise.resolve({
    input: ({ peer }) => peer,
    evaluate: (peer) => decision.evaluate(peer),
    answer: ({ result }) =>
      new Map((result as { code: string; off: number | null }[]).map((row) => [row.code, row.off ?? undefined])),
  })
}
