import { searchAnswer, searchQuery } from '@lijian/contracts/system'
import { cutTo } from '../../own-branch'
import { endpoint } from './wing'

export const searchEndpoints = [
  endpoint(
    {
      operationId: 'search',
      method: 'GET',
      path: '/v1/search',
      tag: 'search',
      scopes: [],
      signedIn: true,
      summary: 'One box for every id: what is named whole, and what begins with it',
      description: `Serials, codes of campaigns, merchants, partners, MIDs, groups and clients, numbers of cases and proposals, names of clearing files, ids of workflows.
Only kinds that your scopes open are looked through. A kind that takes too long is named in "late".`,
      query: searchQuery,
      answer: searchAnswer,
    },
    async ({ search, pool }, { principal, query }, reply) => {
      void reply.header('cache-control', 'no-store')
      return search.find(query.q, { ...principal, branches: await cutTo({ pool }, principal) })
    },
  ),
]
