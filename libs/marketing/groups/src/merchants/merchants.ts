import type { Proposal, Proposals } from '@lijian/approvals'
import { LijianError } from '@lijian/contracts/system'
import type { Merchant, MerchantListQuery, MerchantPage } from '@lijian/contracts/marketing'
import { BranchEntity, MerchantEntity } from '@lijian/database'
import { recordChange } from '@lijian/live-config'
import type { Pool } from 'pg'
import type { DataSource, EntityManager } from 'typeorm'
import { movesMoney, proposeFees } from './fees-kind'
import { listMerchants } from './list'

/** Merchants as the payment system enrols them, one at a time. */
export class Merchants {
  constructor(
    private readonly source: DataSource,
    private readonly waiting?: { pool: Pool; proposals: Proposals },
  ) {}

  /**
   * What a person sends: what changes fees or settlement of a stored merchant waits for another person, as a whole. A new merchant does not wait,
   * nor does another name.
   */
  async change(document: Merchant, actor: string): Promise<{ stored: Merchant } | { proposal: Proposal }> {
    const stored = await this.source.transaction(async (manager) => {
      await branchMustExist(manager, document.branch)
      const there = await manager.findOne(MerchantEntity, {
        where: { id: document.id },
        lock: { mode: 'pessimistic_write' },
      })
      if (movesMoney(there?.document, document)) return undefined
      await store(manager, document, actor)
      return document
    })
    if (stored !== undefined) return { stored }
    const { pool, proposals } = this.waiting!
    const proposal = await proposeFees(pool, proposals, document, actor)
    // Approved in between: it stands.
    return proposal === undefined ? { stored: document } : { proposal }
  }

  /** Puts a whole document in force; what says what is stored changes nothing. */
  put(document: Merchant, actor: string): Promise<Merchant> {
    return this.source.transaction(async (manager) => {
      await branchMustExist(manager, document.branch)
      await store(manager, document, actor)
      return document
    })
  }

  async read(id: string): Promise<Merchant> {
    return (await stored(this.source.manager, id)).document
  }

  /** It takes part in nothing any more, whatever names it. Again: nothing happens. */
  leave(id: string, actor: string): Promise<Merchant> {
    return this.source.transaction(async (manager) => {
      const { document } = await stored(manager, id, true)
      if (document.status === 'left') return document
      const left: Merchant = { ...document, status: 'left' }
      await store(manager, left, actor)
      return left
    })
  }

  list(query: MerchantListQuery): Promise<MerchantPage> {
    return listMerchants(this.source, query)
  }
}

async function stored(manager: EntityManager, id: string, locked = false): Promise<MerchantEntity> {
  const row = await manager.findOne(MerchantEntity, {
    where: { id },
    ...(locked ? { lock: { mode: 'pessimistic_write' as const } } : {}),
  })
  if (!row) throw new LijianError('not_found', `There is no merchant ${id}`)
  return row
}

async function store(manager: EntityManager, document: Merchant, actor: string): Promise<void> {
  const { id } = document
  await manager.upsert(MerchantEntity, { id, document, updatedBy: actor, updatedAt: () => 'now()' }, ['id'])
  await recordChange(manager, 'merchant', id)
}

async function branchMustExist(manager: EntityManager, branch: string | undefined): Promise<void> {
  if (branch === undefined || (await manager.existsBy(BranchEntity, { code: branch }))) return
  throw new LijianError('invalid_document', undefined, { errors: [{ path: 'branch', message: NO_BRANCH }] })
}

export const NO_BRANCH = 'expected a branch that exists'
