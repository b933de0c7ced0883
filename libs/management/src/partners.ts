import {
  AMOUNT_FEN_MAX,
  LijianError,
  type PartnerAnswer,
  type PartnerRequest,
  type TopUpRequest,
} from '@lijian/contracts'
import { CounterEntity, PartnerRow, TopUpRow } from '@lijian/persistence'
import type { DataSource, EntityManager } from 'typeorm'

/** One counter per partner: its limit is what was topped up plus the credit line, so that prepaid money is a limit like any other (DESIGN §1.4). */
const fundsKey = (partner: string) => `@funds/${partner}||total`

export class Partners {
  constructor(private readonly source: DataSource) {}

  /** Refused when the credit line would fall below what is already used and held. */
  put(code: string, { name, creditLine }: PartnerRequest): Promise<PartnerAnswer> {
    return this.source.transaction(async (manager) => {
      await manager.upsert(PartnerRow, { code, name, creditLineFen: creditLine, updatedAt: () => 'now()' }, ['code'])
      return setFunds(manager, await lockPartner(manager, code))
    })
  }

  /** Books a transfer once per reference; the same again answers the balance as it is now. */
  topUp(code: string, { amount, reference }: TopUpRequest, actor: string): Promise<PartnerAnswer> {
    return this.source.transaction(async (manager) => {
      const partner = await lockPartner(manager, code)
      const booked = await manager.findOneBy(TopUpRow, { partner: code, reference })
      if (booked && booked.amountFen !== amount) throw new LijianError('reference_reused')
      if (!booked) await manager.insert(TopUpRow, { partner: code, reference, amountFen: amount, enteredBy: actor })
      return setFunds(manager, partner)
    })
  }

  read(code: string): Promise<PartnerAnswer> {
    return this.source.transaction('REPEATABLE READ', async (manager) => {
      const partner = await manager.findOneBy(PartnerRow, { code })
      if (!partner) throw unknownPartner(code)
      return balanceOf(manager, partner, await manager.findOneBy(CounterEntity, { key: fundsKey(code) }))
    })
  }
}

const unknownPartner = (code: string) => new LijianError('not_found', `There is no partner ${code}`)

async function lockPartner(manager: EntityManager, code: string): Promise<PartnerRow> {
  const row = await manager.findOne(PartnerRow, { where: { code }, lock: { mode: 'pessimistic_write' } })
  if (!row) throw unknownPartner(code)
  return row
}

async function toppedUpFen(manager: EntityManager, partner: string): Promise<number> {
  const sum = await manager.sum(TopUpRow, 'amountFen', { partner })
  return Number(sum ?? 0)
}

/** Brings the counter to top-ups + credit line, in the transaction that changed either. Admission may hold the row meanwhile: we wait. */
async function setFunds(manager: EntityManager, partner: PartnerRow): Promise<PartnerAnswer> {
  const key = fundsKey(partner.code)
  const limitFen = (await toppedUpFen(manager, partner.code)) + partner.creditLineFen
  if (limitFen > AMOUNT_FEN_MAX)
    throw new LijianError('state_conflict', `Balance and credit line together would pass ${AMOUNT_FEN_MAX} fen`)
  const fresh = { key, limitFen, limitCount: null, limitVersion: 0 }
  await manager.createQueryBuilder().insert().into(CounterEntity).values(fresh).orIgnore().execute()
  const counter = await manager.findOneOrFail(CounterEntity, { where: { key }, lock: { mode: 'pessimistic_write' } })
  const takenFen = counter.heldFen + counter.usedFen
  if (limitFen < takenFen)
    throw new LijianError(
      'state_conflict',
      `${takenFen} fen are used or held, more than the ${limitFen} that would remain`,
    )
  await manager.update(CounterEntity, { key }, { limitFen })
  return balanceOf(manager, partner, counter)
}

async function balanceOf(
  manager: EntityManager,
  { code, name, creditLineFen }: PartnerRow,
  counter: CounterEntity | null,
): Promise<PartnerAnswer> {
  const { heldFen: held, usedFen: used } = counter ?? { heldFen: 0, usedFen: 0 }
  const balance = (await toppedUpFen(manager, code)) - used
  return { code, name, balance, creditLine: creditLineFen, held, used, available: balance + creditLineFen - held }
}
