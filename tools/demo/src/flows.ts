import type { Campaign } from '@lijian/contracts/marketing'
import { encryptedDataConverter } from '@lijian/client'
import type { DatedKey } from '@lijian/config'
import { STATE_QUERY, transactionWorkflowId, type FlowView } from '@lijian/workflow-transaction'
import { reverseWorkflowId } from '@lijian/workflow-reversal'
import { Client, Connection } from '@temporalio/client'
import { add } from './books'
import type { PerCampaign, Played } from './types'

const PATIENCE_MS = 60_000

/** How one transaction ended, as its workflows have it. */
export interface Ended {
  serial: string
  state: string
}

export interface Temporal {
  address: string
  namespace: string
  /** Of payloads. */
  keys: readonly DatedKey[]
}

/** Waits until the workflows of the run have ended and adds up what they know: the end state, the discount, the fee saved, per campaign. */
export async function workflowBooks(
  played: readonly Played[],
  campaigns: readonly Campaign[],
  temporal: Temporal,
  client: string,
): Promise<{ figures: PerCampaign; ended: Ended[] }> {
  const connection = await Connection.connect({ address: temporal.address })
  try {
    const [key, ...keys] = temporal.keys
    const dataConverter = key ? encryptedDataConverter(key, ...keys) : undefined
    const workflows = new Client({ connection, namespace: temporal.namespace, dataConverter }).workflow
    const figures: PerCampaign = new Map()
    const ended: Ended[] = []
    for (const { query, final, reversal } of played) {
      if (query.state === 'no_offer') continue
      const handle = workflows.getHandle(transactionWorkflowId(client, final.serial))
      const result: unknown = await inTime(handle.result(), handle.workflowId)
      const { snapshot } = await handle.query<FlowView>(STATE_QUERY)
      const undone = reversal && workflows.getHandle(reverseWorkflowId(reversal.kind, client, reversal.serial))
      const state = stateOf(undone ? await inTime(undone.result() as Promise<unknown>, undone.workflowId) : result)
      ended.push({ serial: final.serial, state })
      if (state !== 'confirmed' || !snapshot) continue
      for (const code of snapshot.offers) {
        const campaign = campaigns.find(({ offers }) => offers.some((offer) => offer.code === code))
        const offer = campaign?.offers.find((other) => other.code === code)
        if (campaign && offer)
          add(figures, campaign.code, offer.kind === 'fee' ? snapshot.feeSavedFen : snapshot.discountFen)
      }
    }
    return { figures, ended }
  } finally {
    await connection.close()
  }
}

/** Flows that ended under a release before return the state alone. */
const stateOf = (result: unknown): string =>
  typeof result === 'object' && result !== null && 'state' in result ? String(result.state) : String(result)

async function inTime<T>(result: Promise<T>, workflowId: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${workflowId} has not ended after ${PATIENCE_MS / 1000} s`)),
      PATIENCE_MS,
    )
  })
  try {
    return await Promise.race([result, late])
  } finally {
    clearTimeout(timer)
  }
}
