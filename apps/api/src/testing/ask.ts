export interface Answer {
  status: number
  body: Record<string, unknown>
  text: string
  headers: Record<string, string>
}

/** `operator` asks the internal listener, without a key. */
export type Who = 'maker' | 'checker' | 'both' | 'admin2' | 'finance' | 'system' | 'other' | 'nobody' | 'operator'
export type WithKey = Exclude<Who, 'nobody' | 'operator'>

export type Ask = (
  who: Who,
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>
