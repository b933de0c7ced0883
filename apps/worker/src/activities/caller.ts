import { mustBeCaller } from '@lijian/identity'
import type { DoorCall } from '@lijian/privacy'
import { Context } from '@temporalio/activity'
import type { Pool } from 'pg'

/** A workflow id names a client, and anybody who reaches Temporal may choose it: only the token says who asks. Throws LijianError. */
export const mustHaveAsked = (pool: Pool, call: DoorCall, token: string | undefined): Promise<void> =>
  mustBeCaller(pool, call, { token, askedAtMs: Context.current().info.scheduledTimestampMs })
