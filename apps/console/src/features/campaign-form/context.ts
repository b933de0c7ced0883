import { createContext, use } from 'react'
import type { FieldError } from './check'

/** What every field of the form shares. */
export interface Editing {
  document: unknown
  edit: (path: string, value: unknown) => void
  currency: string
  errors: readonly FieldError[]
  /** Gaps are told at their fields only once somebody has tried to hand the document in. */
  isTried: boolean
  isReadOnly: boolean
}
export const EditingContext = createContext<Editing | undefined>(undefined)

export function useEditing(): Editing {
  const editing = use(EditingContext)
  if (editing === undefined) throw new Error('used outside a form')
  return editing
}
