import { CATALOGS } from './catalogs'
import { agree, type Agreement } from './check'
import { ENGINES } from './engines'
import { lijian } from './engines/lijian'
import { measure, type Effort, type Figures } from './measure'
import { KINDS, paymentsOf, type Kind } from './payments'

/** One engine on one catalog. */
export interface RulesTask {
  engine: string
  catalog: string
  effort: Effort
  /** Payments of each kind. */
  pool: number
}

export interface RulesRun {
  compileMs: number
  agreed: Agreement
  /** Offers per payment that gets any. */
  offersEach: number
  figures: Record<Kind, Figures>
}

const CHECKED_LEAST = 20
const CHECKED_MS = 5_000

async function run({ engine: name, catalog, effort, pool }: RulesTask): Promise<RulesRun> {
  const documents = CATALOGS[catalog]!()
  const reference = await lijian(documents)
  const payments = await paymentsOf(documents, reference, pool)
  const began = performance.now()
  const engine = await ENGINES[name]!(documents)
  const compileMs = performance.now() - began
  const agreed: Agreement = { payments: 0, offers: 0, amounts: 0 }
  const checking = performance.now()
  for (let i = 0; i < pool && (i < CHECKED_LEAST || performance.now() - checking < CHECKED_MS); i++)
    for (const kind of KINDS) {
      const payment = payments[kind][i]!
      if (engine.answer === undefined) continue
      const ours = reference.answer!(await reference.evaluate(reference.input(payment, i)))
      const theirs = engine.answer(await engine.evaluate(engine.input(payment, i)))
      agree(agreed, name, payment.facts.serial, ours, theirs)
    }
  let offers = 0
  for (const [i, payment] of payments['with offers'].entries())
    offers += reference.answer!(await reference.evaluate(reference.input(payment, i))).size
  const figures = {} as Record<Kind, Figures>
  for (const kind of KINDS) figures[kind] = await measure(engine, payments[kind], effort)
  return { compileMs, agreed, offersEach: offers / pool, figures }
}

process.once('message', (task) => {
  run(task as RulesTask).then(
    (done) => process.send!(done, () => process.exit(0)),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
      process.exit(1)
    },
  )
})
