import type { Latencies } from '../report/histogram'
import type { MixName } from './mixes'

/** One phase of load. Several streams run side by side, each with clients of its own. */
export interface Plan {
  port: number
  key: string
  warmupSeconds: number
  seconds: number
  streams: StreamPlan[]
}

export interface StreamPlan {
  mix: MixName
  clients: number
  /** Names the serials; results are taken from what was held under the same name. */
  run: string
  /** Ends early when so many were sent. */
  atMost?: number
  /** Wait for something to be sent (releases beside queries) instead of ending. */
  waits?: boolean
  /** A steady rate of all clients together, instead of each sending as soon as it is answered. Time counts from when a request was due. */
  perSecond?: number
}

export interface StreamFigures {
  latencies: Latencies
  perSecond: number
  /** Answers by the state they tell, or by status where that is not 200. */
  answers: Record<string, number>
  seconds: number
}

export type LoadMessage = { figures: StreamFigures[]; heldLeft: Record<string, number> } | { failed: string }
