import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LijianClientError } from '@lijian/client'
import { brokenInvariants, MONEY_CHECKS } from '@lijian/verification'
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client'
import { ASKS } from './testing/twice-asks'
import { House, type Asks } from './testing/twice-house'

/**
 * The Temporal half of apps/api/src/twice.test.ts: the same request twice at once by two clients to two workers, and once over each door: one answer,
 * byte for byte, and one effect. Every update of every flow is here.
 */
const walked = Object.entries(ASKS).flatMap(([name, makes]) => makes.map((make, i) => [name, i, make] as const))

let house: House
let n = 0
beforeAll(async () => {
  house = await House.open()
})
afterAll(async () => {
  const broken = await brokenInvariants(house.stage.sql, MONEY_CHECKS)
  await house.close()
  expect(broken).toEqual({})
})

/** `transaction.query`, as the modules say that the worker bundles. */
async function updates(): Promise<string[]> {
  const bundled = readFileSync(join(__dirname, 'workflows.ts'), 'utf8')
  const found: string[] = []
  for (const [, module, flow] of bundled.matchAll(/from '(@lijian\/workflow-([a-z-]+)\/workflow)'/g)) {
    const exported = (await import(module!)) as Record<string, { type?: string; name?: string }>
    for (const { type, name } of Object.values(exported)) if (type === 'update') found.push(`${flow}.${name}`)
  }
  return found.sort()
}

test('every update of every flow is walked here', async () => {
  expect(Object.keys(ASKS).sort()).toEqual(await updates())
})

const ENDED = 'the flow has ended'
type Way = readonly (0 | 1 | 'http')[]
const WAYS: Way[] = [[0], [0, 0], [0, 1], [0, 1, 0, 1, 0, 1, 0, 1], [0, 'http'], ['http', 1]]

/** An answer's bytes, or a refusal's. */
async function bytes({ temporal, http, told, mayEnd, goesOn }: Asks, from: Way[number]): Promise<string> {
  try {
    const answer = await (from === 'http' ? http() : temporal(from))
    return JSON.stringify(told ? [told(answer as never), from === 'http' || goesOn ? undefined : answer] : answer)
  } catch (error) {
    if (mayEnd && error instanceof WorkflowNotFoundError) return ENDED
    if (error instanceof LijianClientError && !error.info.retryable) return `${error.code}: ${error.message}`
    throw error instanceof WorkflowUpdateFailedError ? error.cause : error
  }
}

/** Over each door in its own form, and both tell the same. */
function mustAgree(asks: Asks, way: Way, told: readonly string[]): void {
  const answers = told.filter((one) => one !== ENDED)
  expect(answers.length).toBeGreaterThan(0)
  if (asks.told === undefined) return expect(new Set(answers)).toEqual(new Set([answers[0]]))
  const whole = new Set(way.flatMap((from, i) => (from === 'http' || told[i] === ENDED ? [] : [told[i]])))
  expect(whole.size).toBeLessThanOrEqual(1)
  const states = answers.map((one) => (JSON.parse(one) as unknown[])[0])
  expect(new Set(states)).toEqual(new Set([states[0]]))
}

test.each(walked)('%s (%i)', async (_name, _i, make) => {
  let alone: Record<string, number> | undefined
  for (const way of WAYS) {
    const asks = await make(house, `T${process.pid}-${Date.now() % 1e6}-${n++}`)
    const before = await house.effects()
    const told = await Promise.all(way.map((from) => bytes(asks, from)))
    mustAgree(asks, way, told)
    const after = await house.effects()
    const more = Object.fromEntries(Object.keys(after).map((key) => [key, after[key]! - before[key]!]))
    alone ??= more
    expect({ way, more }).toEqual({ way, more: alone })
    const later: Way = [1, 'http']
    const again = await Promise.all(later.map((from) => bytes(asks, from)))
    mustAgree(asks, [...way, ...later], [...told, ...again])
    expect(await house.effects()).toEqual(after)
  }
})
