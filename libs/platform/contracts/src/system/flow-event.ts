/**
 * What the relay hands to a flow that is not a transaction: enough to start it, and what is new. The flow's `changed` signal gets `{ version,
 * body }`; it keeps the one with the highest version. Nothing personal in it.
 */
export interface FlowEvent {
  version: number
  /** Arguments of the flow, the same in every event of one workflow id. */
  start: readonly unknown[]
  /** One line for the list of workflows. */
  summary: string
  attributes: readonly { name: string; type: 'KEYWORD' | 'KEYWORD_LIST'; value: string | readonly string[] }[]
  body: unknown
}
