import { LijianError, type SuspensionAnswer } from '@lijian/contracts'
import { CampaignVersionRow, SuspensionRow } from '@lijian/persistence'
import { In, type DataSource, type EntityManager } from 'typeorm'
import { lockCampaign, noOffer, suspensionAnswer } from './campaign-rows'
import { recordChange } from './change'

/** Stopping needs one person and acts on the next payment, because admission looks at the rows itself; starting again needs two. */
export class Suspensions {
  constructor(private readonly source: DataSource) {}

  /** Suspends again what somebody wanted to resume, too. */
  suspend(code: string, offer: string | undefined, actor: string): Promise<SuspensionAnswer> {
    return this.change(code, offer, async (manager, ref) => {
      await manager
        .createQueryBuilder()
        .insert()
        .into(SuspensionRow)
        .values({ ref, suspendedBy: actor })
        .orUpdate(['resume_requested_by'], ['ref'])
        .execute()
      return suspensionAnswer(await manager.findOneByOrFail(SuspensionRow, { ref }))
    })
  }

  /** The first person asks, another one resumes. The first asking again changes nothing. */
  resume(code: string, offer: string | undefined, actor: string): Promise<SuspensionAnswer> {
    return this.change(code, offer, async (manager, ref) => {
      const row = await manager.findOneBy(SuspensionRow, { ref })
      if (!row) throw new LijianError('state_conflict', `${ref} is not suspended`)
      if (row.resumeRequestedBy === null) {
        await manager.update(SuspensionRow, { ref }, { resumeRequestedBy: actor })
        return { ...suspensionAnswer(row), state: 'resume_requested' }
      }
      if (row.resumeRequestedBy === actor) return suspensionAnswer(row)
      await manager.delete(SuspensionRow, { ref })
      return { ref, state: 'active' }
    })
  }

  private change(
    code: string,
    offer: string | undefined,
    act: (manager: EntityManager, ref: string) => Promise<SuspensionAnswer>,
  ): Promise<SuspensionAnswer> {
    return this.source.transaction(async (manager) => {
      const { liveVersion, latestVersion } = await lockCampaign(manager, code)
      if (offer !== undefined) {
        const versions = await manager.findBy(CampaignVersionRow, {
          code,
          version: In([latestVersion, liveVersion ?? latestVersion]),
        })
        const known = versions.some(({ document }) => document.offers.some((other) => other.code === offer))
        if (!known) throw noOffer(code, offer)
      }
      const answer = await act(manager, offer === undefined ? code : `${code}/${offer}`)
      await recordChange(manager, 'campaign', code)
      return answer
    })
  }
}
