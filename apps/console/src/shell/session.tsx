import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, use, type ReactNode } from 'react'
import { answerOf, api, ApiProblem, type Schemas } from '../api/client'
import { said, type Language, type Words } from '../texts'

export type Me = Schemas['MeAnswer']
export type Scope = Me['scopes'][number]

interface Session {
  me: Me
  language: Language
  setLanguage: (language: Language) => void
}
const SessionContext = createContext<Session | undefined>(undefined)
export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }) => (
  <SessionContext value={session}>{children}</SessionContext>
)

/** Who is signed in, and in which language this person reads. */
export function useSession(): Session {
  const session = use(SessionContext)
  if (session === undefined) throw new Error('used outside a session')
  return session
}

/** Says a text in the language of the person. */
export function useSaid(): (text: Words) => string {
  const { language } = useSession()
  return (text) => said(text, language)
}

/** Any one of them; none: everybody. */
export const may = ({ scopes }: Me, any: readonly Scope[]): boolean =>
  any.length === 0 || any.some((scope) => scopes.includes(scope))

const ME = ['me']
/** undefined: nobody is signed in. */
export const useMe = () =>
  useQuery({
    queryKey: ME,
    queryFn: async () => {
      try {
        return await answerOf(api.GET('/v1/me'))
      } catch (error) {
        if (error instanceof ApiProblem && error.problem.status === 401) return null
        throw error
      }
    },
    staleTime: 60_000,
  })

export function useSignedIn(): (me: Me | null) => void {
  const client = useQueryClient()
  return (me) => {
    client.setQueryData(ME, me)
    // What another person has read.
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] })
  }
}
