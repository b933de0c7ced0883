import type { SuspensionAnswer } from '@lijian/contracts/people'
import { CampaignVersionEntity, clientOf } from '@lijian/database'
import { resumeRef, suspendRef } from '@lijian/approvals'
import { In, type DataSource } from 'typeorm'
import { lockCampaign, noOffer } from './campaign-rows'
import { recordChange } from '@lijian/live-config'

/** Stopping needs one person and acts on the next payment, because admission looks at the rows itself; starting again needs two. */
export class Suspensions {
  constructor(private readonly source: DataSource) {}

  /** Suspends again what somebody wanted to resume, too. Throws LijianError not_found. */
  suspend(code: string, offer: string | undefined, actor: string): Promise<SuspensionAnswer> {
    return this.change(suspendRef, code, offer, actor)
  }

  /** The first person asks, another one resumes. Throws LijianError not_found or state_conflict. */
  resume(code: string, offer: string | undefined, actor: string): Promise<SuspensionAnswer> {
    return this.change(resumeRef, code, offer, actor)
  }

  private change(
    act: typeof suspendRef,
    code: string,
    offer: string | undefined,
    actor: string,
  ): Promise<SuspensionAnswer> {
    return this.source.transaction(async (manager) => {
      const { liveVersion, latestVersion } = await lockCampaign(manager, code)
      if (offer !== undefined) {
        const versions = await manager.findBy(CampaignVersionEntity, {
          code,
          version: In([latestVersion, liveVersion ?? latestVersion]),
        })
        const known = versions.some(({ document }) => document.offers.some((other) => other.code === offer))
        if (!known) throw noOffer(code, offer)
      }
      const answer = await act(await clientOf(manager), offer === undefined ? code : `${code}/${offer}`, actor)
      await recordChange(manager, 'campaign', code)
      return answer
    })
  }
}
