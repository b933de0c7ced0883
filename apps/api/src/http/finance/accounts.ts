import { accountPage, accountQuery } from '@lijian/contracts/finance'
import type { Api, ApiContext } from '../../context'
import { example } from '../../examples'
import { problemResponse, shown } from '../../route-kit'

/** Balances of the ledger, for finance. */
export function accountRoutes(app: Api, { use, authenticate }: ApiContext): void {
  app.get(
    '/v1/accounts',
    {
      schema: {
        ...shown({
          tag: 'ledger',
          scopes: ['read'],
          summary: 'Balances by account',
          description:
            'Opening, debit, credit and closing of a business date, or as of now. Debit balances are positive. The accounts: docs/reference/postings.md.',
        }),
        querystring: accountQuery,
        response: { 200: example(accountPage, 'account-page'), default: problemResponse },
      },
      onRequest: authenticate('read'),
    },
    ({ query }) => use.accounts.list(query),
  )
}
