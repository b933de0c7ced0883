import fc from 'fast-check'
import { dayAfter } from './periods'
import { brokenInvariants, MONEY_CHECKS } from '@lijian/verification'
import { CycleStage } from './testing/stage'

/** What may happen on one day; amounts in fen. */
const happening = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('give' as const),
      campaign: fc.constantFrom('D', 'W', 'W2', 'E', 'P'),
      fen: fc.integer({ min: 1, max: 900 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('return' as const),
      campaign: fc.constantFrom('D', 'W', 'W2', 'E', 'P'),
      fen: fc.integer({ min: 1, max: 900 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pay' as const), which: fc.nat(), fen: fc.integer({ min: 1, max: 2_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('waive' as const), which: fc.nat(), fen: fc.integer({ min: 1, max: 300 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('top up' as const), fen: fc.integer({ min: 1, max: 2_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('early' as const), campaign: fc.constantFrom('D', 'W', 'E') }) },
)

/** The stream that each campaign's money runs in; W and W2 share one. */
const STREAM: Record<string, string> = { D: 'day/', W: 'week/', W2: 'week/', E: 'end/E' }

test(
  'over random days every statement opens with the closing before, and closes with what the journal says',
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(happening, { maxLength: 4 }), { minLength: 8, maxLength: 16 }),
        async (days) => {
          const stage = await CycleStage.open()
          try {
            await stage.close('2029-12-31')
            await stage.partner('CCB', 1)
            for (const [code, cycle, to] of [
              ['D', 'day'],
              ['W', 'week'],
              ['W2', 'week'],
              ['E', 'end', '2030-01-05'],
              ['P', 'day'],
            ] as const)
              await stage.campaign(code, 'CCB', cycle, '2030-01-01', to)
            // Net of each stream by day, reckoned here: what is given, less what comes back, is paid or is given up.
            const net = new Map<string, Map<string, number>>()
            const add = (stream: string, day: string, fen: number) => {
              const byDay = net.get(stream) ?? new Map<string, number>()
              net.set(stream, byDay.set(day, (byDay.get(day) ?? 0) + fen))
            }
            for (const [i, happenings] of days.entries()) {
              const day = dayAfter('2030-01-01', i)
              for (const h of happenings) {
                if (h.do === 'give' || h.do === 'return') {
                  const mode = h.campaign === 'P' ? ('prepay' as const) : ('postpay' as const)
                  await stage.post(day, {
                    campaign: h.campaign,
                    fen: h.fen,
                    mode,
                    event: h.do === 'give' ? 'capture' : 'refund',
                  })
                  if (STREAM[h.campaign]) add(STREAM[h.campaign]!, day, h.do === 'give' ? h.fen : -h.fen)
                } else if (h.do === 'top up') await stage.two('receipt', 'CCB', stage.receipt(h.fen))
                else if (h.do === 'early')
                  await stage.cycles
                    .issueEarly('CCB', h.campaign)
                    .catch((error: { code?: string }) => expect(error.code).toBe('state_conflict'))
                else {
                  const open = (await stage.cycles.list({ limit: 500 })).cycles.filter((cycle) => cycle.open > 0)
                  const cycle = open[h.which % Math.max(1, open.length)]
                  if (!cycle) continue
                  const fen = Math.min(h.fen, cycle.open)
                  if (h.do === 'pay') await stage.pay(cycle.id, h.fen)
                  else await stage.two('cycle_adjustment', 'CCB', { cycle: cycle.id, amount: fen, reason: 'x' })
                  add(cycle.cycle === 'end' ? `end/${cycle.period.split('@')[0]}` : `${cycle.cycle}/`, day, -fen)
                }
              }
              await stage.close(day)
              await stage.cycles.issueDue()
            }
            expect(await brokenInvariants(stage.pool as never, MONEY_CHECKS)).toEqual({})
            for (const cycle of (await stage.cycles.list({ limit: 500 })).cycles) {
              const stream = cycle.cycle === 'end' ? `end/${cycle.period.split('@')[0]}` : `${cycle.cycle}/`
              const until = [...(net.get(stream) ?? [])]
                .filter(([day]) => day <= cycle.to)
                .reduce((sum, [, fen]) => sum + fen, 0)
              expect({ stream, to: cycle.to, closing: cycle.closing }).toEqual({ stream, to: cycle.to, closing: until })
            }
          } finally {
            await stage.shut()
          }
        },
      ),
      { numRuns: 12 },
    ),
  240_000,
)
