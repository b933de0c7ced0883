import type { Ground } from './ground'
import { B_GRANTS } from './furnish'
import type { Load, Payment } from './load'

interface Stored {
  serial: string
  state: string
  payable_fen: number
  captures: number
}

/** What was promised and is not so, in words; nothing when all was kept. */
export async function broken(ground: Ground, name: string, { payments }: Load): Promise<string[]> {
  const rows = await ground.postgres.sql<Stored>(
    `SELECT t.serial, t.state, t.payable_fen::int AS payable_fen,
       (SELECT count(*)::int FROM journal j WHERE j.client = t.client AND j.serial = t.serial AND j.event = 'capture') AS captures
     FROM marketing_transaction t WHERE starts_with(t.serial, $1)`,
    [`${name}-`],
  )
  const stored = new Map(rows.map((row) => [row.serial, row]))
  const cases = await ground.postgres.sql<{ serial: string }>(
    'SELECT serial FROM reconciliation_case WHERE starts_with(serial, $1)',
    [`${name}-`],
  )
  const withCase = new Set(cases.map(({ serial }) => serial))
  const faults = payments.flatMap((payment) => faultsOf(payment, stored.get(payment.serial), withCase))
  const used = await usedOfB(ground)
  return used > B_GRANTS ? [...faults, `B's budget of ${B_GRANTS} is at ${used}`] : faults
}

function faultsOf(payment: Payment, row: Stored | undefined, withCase: ReadonlySet<string>): string[] {
  const { serial, told, outcome, paid, ended } = payment
  const wasHeld = told.some(({ state }) => state === 'held')
  const faults: string[] = []
  const say = (what: string) => faults.push(`${serial}: ${what}; told ${JSON.stringify(told)}, ended ${ended}`)
  if (outcome === 'success') {
    if (wasHeld && ended !== 'confirmed') say('told held, and not funded')
    if (!wasHeld && ended === 'confirmed') say('told no offer, and captured')
    if (ended === 'confirmed' && row?.captures !== 1) say(`confirmed, and captured ${row?.captures ?? 0} times`)
    if (ended === 'confirmed' && row?.payable_fen !== paid && !withCase.has(serial))
      say(`paid ${paid}, and ${row?.payable_fen} stands without a case`)
  } else if (row !== undefined && row.captures > 0) say('captured without a success')
  if (outcome === undefined && wasHeld && row?.state !== 'held') say(`told held, and it is ${row?.state}`)
  return faults
}

/** What B's budget is at. */
export async function usedOfB(ground: Ground): Promise<number> {
  const [b] = await ground.postgres.sql<{ n: number }>(
    `SELECT count(*)::int AS n FROM marketing_transaction WHERE merchant = 'MB' AND state IN ('held', 'confirmed', 'partially_refunded', 'refunded')`,
  )
  return b!.n
}
