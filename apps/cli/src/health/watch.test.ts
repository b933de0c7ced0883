import fc from 'fast-check'
import { type Act, afterLook, limits, type Look, type Memory } from './watch'

const process = { pid: 7, mark: '100' }
const well: Look = { process, live: true, ready: true, databaseAnswers: true }
const silent: Look = { ...well, live: false, ready: false }
const stuck: Look = { ...well, ready: false }
const away: Look = { ...stuck, databaseAnswers: false }

/** A look each 10 s; the second of each act. */
function acts(looks: readonly Look[], everyMs = 10_000): [number, Act][] {
  let memory: Memory | undefined
  return looks.flatMap((look, at): [number, Act][] => {
    const after = afterLook(memory, look, at * everyMs)
    memory = after.memory
    return after.act === undefined ? [] : [[(at * everyMs) / 1000, after.act]]
  })
}
const times = (count: number, look: Look): Look[] => Array.from({ length: count }, () => look)

test.each`
  _case                                                           | looks                                                                                      | expected
  ${'well'}                                                       | ${times(100, well)}                                                                        | ${[]}
  ${'hangs: SIGTERM after a minute, SIGKILL half a minute later'} | ${[well, ...times(10, silent)]}                                                            | ${[[70, 'SIGTERM'], [100, 'SIGKILL']]}
  ${'a slow start has five minutes'}                              | ${times(31, silent)}                                                                       | ${[[300, 'SIGTERM']]}
  ${'a short silence'}                                            | ${[well, ...times(5, silent), well, ...times(5, silent)]}                                  | ${[]}
  ${'stuck although PostgreSQL answers'}                          | ${[well, ...times(13, stuck)]}                                                             | ${[[130, 'SIGTERM']]}
  ${'PostgreSQL is away for a day'}                               | ${[well, ...times(8_640, away)]}                                                           | ${[]}
  ${'PostgreSQL comes back and the process recovers'}             | ${[well, ...times(50, away), ...times(5, stuck), well]}                                    | ${[]}
  ${'a new process begins anew'}                                  | ${[well, ...times(6, silent), ...times(6, { ...silent, process: { pid: 8, mark: '1' } })]} | ${[]}
  ${'no process: there is nothing to end'}                        | ${[well, ...times(60, { ...silent, process: undefined })]}                                 | ${[]}
`('$_case', ({ looks, expected }) => {
  expect(acts(looks)).toEqual(expected)
})

test('a process is never ended while it is ready, nor while PostgreSQL is away and it answers', () => {
  const look = fc.constantFrom(well, silent, stuck, away)
  fc.assert(
    fc.property(fc.array(look, { maxLength: 80 }), fc.integer({ min: 1_000, max: 30_000 }), (looks, everyMs) => {
      for (const [second] of acts(looks, everyMs)) {
        const at = looks[Math.round((second * 1000) / everyMs)]
        expect([silent, stuck]).toContain(at)
        expect(second * 1000).toBeGreaterThanOrEqual(Math.min(limits.silentMs, limits.stuckMs))
      }
    }),
  )
})
