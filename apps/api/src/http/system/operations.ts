import { z } from 'zod'
import { endpoint } from './wing'

/** Readiness and metrics are asked of the internal listener (`internal.ts`). */
export const operationEndpoints = [
  endpoint(
    {
      operationId: 'isLive',
      method: 'GET',
      path: '/health/live',
      tag: 'operations',
      scopes: [],
      summary: 'The process answers',
      answer: z.object({ status: z.enum(['ok']) }),
    },
    () => ({ status: 'ok' as const }),
  ),
]
