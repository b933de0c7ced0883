import { useQuery } from '@tanstack/react-query'
import { answerOf, api, BACKGROUND } from '../../api/client'
import type { Source } from './field'

interface Code {
  value: string
  label: string
}
const ROWS: Readonly<Record<Source, readonly [address: string, rows: string, id: string]>> = {
  partners: ['/v1/partners', 'partners', 'code'],
  merchants: ['/v1/merchants', 'merchants', 'id'],
  'merchant-groups': ['/v1/merchant-groups', 'groups', 'code'],
  'card-groups': ['/v1/card-groups', 'groups', 'code'],
  'customer-groups': ['/v1/customer-groups', 'groups', 'code'],
}

/** Codes that the API knows, once somebody opens the list. Who may not read them types them. */
export function useCodes(source: Source | undefined, isOpen: boolean): readonly Code[] {
  const query = useQuery({
    queryKey: ['codes', source],
    enabled: isOpen && source !== undefined,
    retry: false,
    staleTime: 60_000,
    queryFn: async () => {
      const [address, rows, id] = ROWS[source!]
      const asked = { params: { query: { limit: 100 } }, headers: BACKGROUND }
      const answer = await answerOf<Record<string, unknown>>(api.GET(address as never, asked as never) as never)
      return (answer[rows] as Record<string, string>[]).map((row) => ({
        value: row[id]!,
        label: row['name'] === undefined || row['name'] === row[id] ? row[id]! : `${row[id]} ${row['name']}`,
      }))
    },
  })
  return query.data ?? []
}
