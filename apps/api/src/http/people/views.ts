import {
  savedView,
  savedViewList,
  savedViewParams as params,
  savedViewQuery,
  savedViewRequest,
} from '@lijian/contracts/people'
import { z } from 'zod'
import { example } from '../../examples'
import { endpoint } from './wing'

const tag = 'people'
const scopes = [] as const

export const viewEndpoints = [
  endpoint(
    {
      operationId: 'listViews',
      method: 'GET',
      path: '/v1/me/views',
      tag,
      scopes,
      signedIn: true,
      summary: 'Views of lists: your own, and those that others share',
      query: savedViewQuery,
      answer: savedViewList,
    },
    ({ views }, { principal, query }) => views.list(principal.keyId, query.page),
  ),
  endpoint(
    {
      operationId: 'putView',
      method: 'PUT',
      path: '/v1/me/views/:code',
      tag,
      scopes,
      signedIn: true,
      summary: 'Keep a view of a list',
      params,
      body: example(savedViewRequest, 'saved-view-request'),
      answer: savedView,
    },
    ({ views }, { principal, params: { code }, body }) => views.put(principal.keyId, code, body),
  ),
  endpoint(
    {
      operationId: 'removeView',
      method: 'POST',
      path: '/v1/me/views/:code/remove',
      tag,
      scopes,
      signedIn: true,
      summary: 'Remove a view of yours',
      params,
      body: z.strictObject({}).nullish(),
      answer: savedViewList,
    },
    async ({ views }, { principal, params: { code } }) => {
      await views.remove(principal.keyId, code)
      return views.list(principal.keyId)
    },
  ),
]
