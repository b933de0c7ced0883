import type { TestApi, Who } from './test-api'

let references = 0
export const receipt = (amount: number, changed: Record<string, unknown> = {}) => ({
  amount,
  valueDate: '2026-11-01',
  bankReference: `BANK-${++references}`,
  evidence: 'receipts/1.pdf',
  ...changed,
})

/** People of one API: what they enter, approve and see. */
export const people = (api: TestApi) => {
  const enter = (path: string, body: unknown, who: Who = 'maker') => api.ask(who, 'POST', path, body)
  const approve = (id: unknown, hash: unknown, who: Who = 'checker') =>
    api.ask(who, 'POST', `/v1/proposals/${String(id)}/approve`, { hash })
  return {
    enter,
    approve,
    reject: (id: unknown, hash: unknown, who: Who = 'checker') =>
      api.ask(who, 'POST', `/v1/proposals/${String(id)}/reject`, { hash, reason: 'not so' }),
    put: (code: string, more: Record<string, unknown> = {}) =>
      api.agreed('maker', 'PUT', `/v1/partners/${code}`, { name: code, ...more }),
    read: async (code: string) => (await api.ask('checker', 'GET', `/v1/partners/${code}`)).body,
    /** Entered by one, approved by the other. */
    async two(path: string, body: unknown) {
      const { status, body: made } = await enter(path, body)
      if (status !== 200) return { status, body: made }
      return approve(made.id, made.hash)
    },
  }
}
