import { billLayout, clearingLayout } from '@lijian/contracts/finance'
import { campaignShape, cardGroupRequest, evaluationRequest, merchant, parseCampaign, transactionRequest } from '@lijian/contracts/marketing' // prettier-ignore
import { parseRouting } from '@lijian/contracts/routing'
import { LijianError, wrongTexts } from '@lijian/contracts/system'
import type { z } from 'zod'
import { documentCompiler, requestCompiler } from './validation'

const fault = (schema: z.ZodType, body: unknown, compiler = requestCompiler): LijianError =>
  compiler({ schema, httpPart: 'body' })(body).error as LijianError
const pathsOf = (body: unknown) => fault(transactionRequest, body).extra.errors!.map(({ path }) => path)

test('a key that is not known is repeated if it looks like one, and no longer than one', () => {
  const known = { serial: 'S1', merchant: 'M1', amount: 1, paymentMethod: 'qr' }
  const told = (key: string) => pathsOf({ ...known, [key]: 1 })
  expect(told('amuont')).toEqual(['amuont'])
  expect(told('a'.repeat(64))).toEqual(['a'.repeat(64)])
  for (const key of ['a'.repeat(65), 'a b', '张三', '6222029970019186', '6222.0299.7001.9186', '6222_0299_7001_9186'])
    expect({ key, told: told(key) }).toEqual({ key, told: ['?'] })
  expect(pathsOf({ ...known, card: { token: 't'.repeat(16), 张三: 1 } })).toContain('card.?')
})

test('of a hundred thousand faults twenty are told', () => {
  const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, n]))
  expect(pathsOf(keys)).toHaveLength(20)
  expect(parseCampaign({ offers: Array.from({ length: 900 }, () => ({})) })).toMatchObject({ errors: { length: 20 } })
  expect(parseRouting({ mids: Array.from({ length: 9000 }, () => ({})) })).toMatchObject({ errors: { length: 20 } })
  const errors = Array.from({ length: 21 }, () => ({ path: 'x', message: 'y'.repeat(100_000) }))
  expect(new LijianError('invalid_document', undefined, { errors }).extra.errors).toMatchObject({ length: 20 })
})

test('of a list with too many entries none is looked at', () => {
  const { errors } = parseCampaign({ offers: Array.from({ length: 300_000 }, () => ({})) }) as { errors: object[] }
  expect(errors).toContainEqual({ path: 'offers', message: 'expected at most 1000 entries, found a list of 300000' })
  expect(errors.filter((error) => JSON.stringify(error).includes('offers['))).toEqual([])
})

/** Bodies of about so many characters, each of a kind that once took, or could take, more than its share. */
const BODIES: Record<string, (length: number) => unknown> = {
  'one long key that ends oddly': (length) => ({ [`${'a'.repeat(length)}.!`]: 1 }),
  'one long key of dots': (length) => ({ ['a.'.repeat(length / 2)]: 1 }),
  'one long key of digits': (length) => ({ ['1234567'.repeat(length / 7)]: 1 }),
  'one long text everywhere': (length) => ({ serial: '!'.repeat(length), code: ' '.repeat(length), timeZone: '\t'.repeat(length) }), // prettier-ignore
  'one long number': (length) => ({ merchant: '1'.repeat(length), serial: `${'1-'.repeat(length / 2)}!` }),
  'many keys': (length) => Object.fromEntries(Array.from({ length: length / 10 }, (_, n) => [`k${n}`, n])),
  'many offers': (length) => ({ offers: Array.from({ length: length / 3 }, () => ({})) }),
  'many limits over many offers': (length) => ({
    offers: Array.from({ length: length / 40 }, (_, n) => ({ code: `O${n}`, kind: 'fee' })),
    limits: Array.from({ length: length / 80 }, () => ({
      onShort: 'clip',
      measure: 'gross',
      amount: 1,
      offers: ['X'],
    })),
  }),
  'an offer with many of everything': (length) => ({
    offers: [
      {
        kind: 'amount',
        rule: {
          window: { daily: Array.from({ length: length / 60 }, () => ['07:00', '08:00']) },
          conditions: {
            countries: Array.from({ length: length / 30 }, () => 'CN'),
            excludedCountries: Array.from({ length: length / 30 }, () => 'US'),
          },
          limits: Array.from({ length: length / 60 }, () => ({ per: ['card', 'card'], period: 'day', count: 1 })),
          benefit: { type: 'reduce', tiers: Array.from({ length: length / 60 }, () => ({ atLeast: 0, off: {} })) },
        },
      },
    ],
  }),
  'many MIDs and pools': (length) => ({
    mids: Array.from({ length: length / 60 }, (_, n) => ({ code: `M${n}`, channel: 'C', serviceHours: [['07:00', '08:00']] })), // prettier-ignore
    pools: Array.from({ length: length / 60 }, (_, n) => ({ code: 'P', mids: [`M${n}`, `M${n}`] })),
  }),
  'many cards': (length) => ({ code: 'G', cards: Array.from({ length: length / 20 }, () => '6222029970019186!') }),
  'many values of a layout': (length) => ({
    columns: [{ field: 'event', values: Object.fromEntries(Array.from({ length: length / 20 }, (_, n) => [`v${n}`, '\t'])) }], // prettier-ignore
  }),
  'deep nesting': (length) => JSON.parse('{"a":'.repeat(length / 10) + '1' + '}'.repeat(length / 10)) as unknown,
}
const READERS: Record<string, (body: unknown) => unknown> = {
  'texts of any JSON': wrongTexts,
  request: (body) => fault(transactionRequest, body),
  evaluation: (body) => fault(evaluationRequest, body),
  campaign: parseCampaign,
  'campaign as a document': (body) => fault(campaignShape, body, documentCompiler),
  routing: parseRouting,
  merchant: (body) => fault(merchant, body, documentCompiler),
  'card group': (body) => fault(cardGroupRequest, body, documentCompiler),
  'clearing layout': (body) => fault(clearingLayout, body, documentCompiler),
  'bill layout': (body) => fault(billLayout, body, documentCompiler),
}

/** Of this thread's own work, the least of three: what else the machine does is not in it. */
function workMs(reader: (body: unknown) => unknown, body: unknown): number {
  const once = () => {
    const before = process.cpuUsage()
    reader(body)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  return Math.min(once(), once(), once())
}

// Sixteen times the body: sixteen times the work if it grows with the size, 256 times if with its square. A machine's moods are far smaller.
test.each(Object.keys(BODIES))('a body with %s takes work in proportion to its size', (kind) => {
  const make = BODIES[kind]!
  for (const [name, reader] of Object.entries(READERS)) {
    let before = Infinity
    for (const length of [4_096, 65_536, 1_048_576]) {
      const body = make(length)
      let took = workMs(reader, body)
      const isTooMuch = () => took > 100 * Math.max(before, 2)
      // The collector's threads count as work of the process: what is a square stays one when it is looked at again.
      for (let again = 0; again < 3 && isTooMuch(); again++) took = Math.min(took, workMs(reader, body))
      expect({ kind, name, length, tooMuch: isTooMuch() }).toMatchObject({ tooMuch: false })
      before = took
    }
  }
})
