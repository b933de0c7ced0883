import type { Format } from './formats'

export interface Variable<Value> {
  name: string
  format: Format<Value>
  meaning: string
  default?: string
  /** Its value is never repeated in an error. */
  secret?: true
  /** The api and the worker do not start without it; the launcher finds or makes it. */
  required?: true
}

export const variable = <Value>(spec: Variable<Value>): Variable<Value> => spec
