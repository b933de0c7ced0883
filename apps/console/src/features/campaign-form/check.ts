import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { answerOf, api, ApiProblem, type Schemas } from '../../api/client'

export type FieldError = NonNullable<Schemas['Problem']['errors']>[number]
type Warning = Schemas['CheckAnswer']['warnings'][number]
const NO_ERRORS: readonly FieldError[] = []
const NO_WARNINGS: readonly Warning[] = []

/** The document as it was when nobody had typed for a moment. */
function useSettled(text: string, forMs: number): string {
  const [settled, settle] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => settle(text), forMs)
    return () => clearTimeout(timer)
  }, [text, forMs])
  return settled
}

/** What the API says of the document: errors at their places, or warnings with their proof. */
export function useCheck(document: unknown) {
  const text = JSON.stringify(document)
  const settled = useSettled(text, 300)
  const query = useQuery({
    queryKey: ['/v1/campaigns/check', settled],
    queryFn: async () => {
      try {
        const body = JSON.parse(settled) as never
        return { errors: NO_ERRORS, ...(await answerOf(api.POST('/v1/campaigns/check', { body }))) }
      } catch (error) {
        const errors = errorsOf(error)
        if (errors.length === 0) throw error
        return { errors, warnings: NO_WARNINGS }
      }
    },
    placeholderData: (before) => before,
    staleTime: 60_000,
  })
  return {
    errors: query.data?.errors ?? NO_ERRORS,
    warnings: query.data?.warnings ?? NO_WARNINGS,
    failure: query.error,
    /** What is told is about what is typed. */
    isCurrent: settled === text && query.isSuccess && !query.isPlaceholderData,
  }
}

export const errorsOf = (error: unknown): readonly FieldError[] =>
  error instanceof ApiProblem ? (error.problem.errors ?? NO_ERRORS) : NO_ERRORS
