import { HEAD_OFFICE, mustBeSeen, seenBranches, sees } from '@lijian/approvals'
import { LijianError } from '@lijian/contracts/system'
import type { Principal } from '@lijian/identity'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { namedBy, ruleOf, type Parts } from './whose'

/** The branch of whoever sees less than everything; undefined: machines and head office, which see all. */
export const branchOf = ({ branch }: Pick<Principal, 'branch'>): string | undefined =>
  branch === HEAD_OFFICE ? undefined : branch

/**
 * Of which branch, and those below, a list is shown: a person sees their own at most, head office and machines see all. `asked`: by the query.
 * Throws LijianError not_found: a branch beside one's own is not there.
 */
export async function ownBranch(
  { pool }: { pool: Pool },
  principal: Pick<Principal, 'branch'>,
  asked: string | undefined,
): Promise<string | undefined> {
  const own = branchOf(principal)
  if (own === undefined || asked === undefined) return asked ?? own
  if (!(await sees(pool, own, asked))) throw new LijianError('not_found', `There is no branch ${asked}`)
  return asked
}

/** The branches that a list is cut to; undefined: it is whole. */
export const cutTo = ({ pool }: { pool: Pool }, principal: Pick<Principal, 'branch'>): Promise<string[] | undefined> =>
  seenBranches(pool, branchOf(principal))

type Handle = (wing: never, request: FastifyRequest, reply: FastifyReply) => unknown

/** Before the handler: what a person of a branch names is of that branch or of one below, or it is not there. */
export function ofOwnBranch(one: { method: string; path: string }, pool: Pool, handle: Handle): Handle {
  const rule = ruleOf(one)
  if (rule === 'shared') return handle
  return (wing, request, reply) => {
    const branch = branchOf(request.principal)
    if (branch === undefined) return handle(wing, request, reply)
    return seen(pool, branch, namedBy(rule, request as unknown as Parts)).then(() => handle(wing, request, reply))
  }
}

async function seen(pool: Pool, branch: string, all: ReturnType<typeof namedBy>): Promise<void> {
  for (const { kind, id, client } of all) await mustBeSeen(pool, branch, kind, id, client)
}
