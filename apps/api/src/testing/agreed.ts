import type { Answer, Ask, WithKey } from './ask'

/** Sends it; what waits is approved by another person, and it is sent again: the answer is of what is in force. What does not wait is answered as it is. */
export const agreeing =
  (ask: Ask): Ask =>
  async (who, method, path, body, headers) => {
    const first = await ask(who, method, path, body, headers)
    const proposal = waitingOf(first)
    if (proposal === undefined) return first
    const checker: WithKey = who === 'checker' ? 'maker' : 'checker'
    const accounts = accountsOf(body)
    if (accounts !== undefined) await ask(checker, 'POST', `/v1/proposals/${proposal.id}/reveal`, accounts)
    const approved = await ask(checker, 'POST', `/v1/proposals/${proposal.id}/approve`, { hash: proposal.hash })
    if (approved.status !== 200) throw new Error(`${checker} could not approve ${method} ${path}: ${approved.text}`)
    return ask(who, method, path, body, headers)
  }

/** The proposal of an answer that something waits; undefined: nothing does. */
export function waitingOf({ status, body }: Answer): { id: number; hash: string } | undefined {
  if (status !== 202) return undefined
  const { id, hash } = (body['proposal'] ?? body) as { id?: unknown; hash?: unknown }
  return typeof id === 'number' && typeof hash === 'string' ? { id, hash } : undefined
}

/** The accounts of a partner, as whoever approves them names their holders. */
function accountsOf(body: unknown): object | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const { depositAccount, payoutAccount } = body as Record<string, { holder?: string } | undefined>
  if (!depositAccount && !payoutAccount) return undefined
  return {
    ...(depositAccount && { depositAccount: { holder: depositAccount.holder } }),
    ...(payoutAccount && { payoutAccount: { holder: payoutAccount.holder } }),
  }
}

/** "shared" of a routing document, as two people have agreed on it. */
export async function sharedPool({ ask }: { ask: Ask }, pool: string, merchants?: readonly string[]) {
  const made = await ask('maker', 'POST', '/v1/routing/shared-pools', { pool, merchants, reason: 'until its own come' })
  const { id, hash } = waitingOf(made)!
  const { body } = await ask('checker', 'POST', `/v1/proposals/${id}/approve`, { hash })
  return { approvedBy: body['checker'] as string, reference: String(id) }
}
