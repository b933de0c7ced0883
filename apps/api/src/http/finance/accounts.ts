import { accountPage, accountQuery } from '@lijian/contracts/finance'
import { example } from '../../examples'
import { endpoint } from './wing'

/** Balances of the ledger, for finance. */
export const accountEndpoints = [
  endpoint(
    {
      operationId: 'listAccounts',
      method: 'GET',
      path: '/v1/accounts',
      tag: 'ledger',
      scopes: ['read.money'],
      summary: 'Balances by account',
      description:
        'Opening, debit, credit and closing of a business date, or as of now. Debit balances are positive. The accounts: docs/reference/postings.md.',
      query: accountQuery,
      answer: example(accountPage, 'account-page'),
    },
    ({ accounts }, { query }) => accounts.list(query),
  ),
]
