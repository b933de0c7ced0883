import type { Compile } from './engine'
import { jsonLogic } from './engines/json-logic'
import { jsonRules } from './engines/json-rules'
import { lijian, lijianWithCounters } from './engines/lijian'
import { zen } from './engines/zen'

export const OURS = 'Lijian'
export const WITH_COUNTERS = 'Lijian, with counters'
export const PEERS = ['json-rules-engine', '@gorules/zen-engine', 'json-logic-engine'] as const

export const ENGINES: Readonly<Record<string, Compile>> = {
  [OURS]: lijian,
  [WITH_COUNTERS]: lijianWithCounters,
  'json-rules-engine': jsonRules,
  '@gorules/zen-engine': zen,
  'json-logic-engine': jsonLogic,
}
