/**
 * What the outbox hands to a flow: enough to start it, and what is new. A flow keeps the event with the highest version, so it needs neither order
 * nor uniqueness. Nothing personal in it.
 */
export interface FlowEvent {
  version: number
  /** Arguments of the flow, the same in every event of one workflow id. */
  start: readonly unknown[]
  /** One line for the list of workflows. */
  summary: string
  attributes: readonly { name: string; type: 'KEYWORD' | 'KEYWORD_LIST'; value: string | readonly string[] }[]
  body: unknown
  /**
   * Argument of the signal `changed`. Absent: `{ version, body }`. `body`: the body alone. `none`: no signal, the start says everything.
   */
  signal?: 'body' | 'none'
  /** Of one delivery the newest event is told; this one is told behind it when it is older. */
  keep?: boolean
  /** Another start under the id of a flow that has ended. Absent: another run. `never`: the first start was enough. */
  reuse?: 'never'
}

/** How the outbox reads rows of a flow whose rows hold something else than a FlowEvent, by workflow type. */
export type FlowEvents = Readonly<Record<string, (snapshot: never) => FlowEvent>>
