import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine'
import type { RoutePayment } from '@lijian/selection'
import { Engine as JsonRules } from 'json-rules-engine'
import type { MidFilters } from './document'

export type Facts = Record<string, string | number>
export const factsOf = ({ amountFen, atMs, cardType, industry, region }: RoutePayment): Facts => ({
  amount: amountFen,
  minute: Math.floor((atMs / 60_000 + 480) % 1440),
  card: cardType!,
  industry: industry!,
  region: region!,
})

/** The codes that pass. */
export type Filter = (facts: Facts) => Promise<string[]>

/** The hard filters alone, as each peer says them; without order and without counters. Compiled here. */
export function engines(mids: readonly MidFilters[]): Record<string, Filter> {
  return { 'json-rules-engine': jsonRules(mids), '@gorules/zen-engine': zen(mids) }
}

function jsonRules(mids: readonly MidFilters[]): Filter {
  const rules = new JsonRules(
    mids.map((mid) => ({
      conditions: {
        all: [
          { fact: 'amount', operator: 'lessThanInclusive', value: mid.max },
          { fact: 'minute', operator: 'greaterThanInclusive', value: mid.fromMinute },
          { fact: 'minute', operator: 'lessThan', value: mid.toMinute },
          ...(mid.industry === undefined ? [] : [{ fact: 'industry', operator: 'equal', value: mid.industry }]),
          ...(mid.region === undefined ? [] : [{ fact: 'region', operator: 'equal', value: mid.region }]),
          ...(mid.takesDebit ? [] : [{ fact: 'card', operator: 'notEqual', value: 'debit' }]),
        ],
      },
      event: { type: 'mid', params: { code: mid.code } },
    })),
  )
  return async (facts) => (await rules.run(facts)).events.map(({ params }) => params!['code'] as string)
}

function zen(mids: readonly MidFilters[]): Filter {
  const inputs = ['amount', 'minute', 'industry', 'region', 'card']
  const position = { x: 0, y: 0 }
  const text = (value: string | undefined) => (value === undefined ? '' : JSON.stringify(value))
  const table = {
    hitPolicy: 'collect',
    inputs: inputs.map((field) => ({ id: field, name: field, field })),
    outputs: [{ id: 'code', name: 'code', field: 'code' }],
    rules: mids.map(({ code, max, fromMinute, toMinute, industry, region, takesDebit }) => ({
      _id: code,
      amount: `<= ${max}`,
      minute: `[${fromMinute}..${toMinute - 1}]`,
      industry: text(industry),
      region: text(region),
      card: takesDebit ? '' : `$ != "debit"`,
      code: text(code),
    })),
  }
  const decision = new ZenEngine().createDecision(
    new ZenDecisionContent({
      contentType: 'application/vnd.gorules.decision',
      nodes: [
        { id: 'in', type: 'inputNode', name: 'payment', position },
        { id: 'mids', type: 'decisionTableNode', name: 'mids', position, content: table },
        { id: 'out', type: 'outputNode', name: 'mids', position },
      ],
      edges: [
        { id: '1', type: 'edge', sourceId: 'in', targetId: 'mids' },
        { id: '2', type: 'edge', sourceId: 'mids', targetId: 'out' },
      ],
    }),
  )
  return async (facts) => ((await decision.evaluate(facts)).result as { code: string }[]).map(({ code }) => code)
}
