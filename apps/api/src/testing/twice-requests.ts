// oxlint-disable max-lines -- one entry per operation, as a table
import { createHash } from 'node:crypto'
import { EXAMPLES } from '@lijian/contracts/examples'
import { canonicalJson } from '@lijian/contracts/system'
import { cardNumber } from './card-numbers'
import { campaign, merchant, payment } from './documents'
import { receiptOf, type Make, type Scene } from './twice-scene'

/** Why an operation has no identity by which the same request could be known again. */
export interface Unlike {
  unlike: string
}

let cards = 100
const spare = <One>(make: (n: number) => One): One[] => Array.from({ length: 60 }, (_, i) => make(i))

/** Channels that may be stopped, merchants whose cards may pay too often. */
const MERCHANTS = ['M0001', ...spare((n) => `CARD-${n}`)]
export const routing = (version: string) => ({
  timeZone: 'Asia/Shanghai',
  channels: [{ code: 'CH-A' }, { code: `V-${version}` }, ...spare((n) => ({ code: `CH-${n}` }))],
  mids: [{ code: 'MID-1', channel: 'CH-A', allowedMerchants: MERCHANTS }],
  pools: [{ code: 'P', mids: ['MID-1'] }],
  merchants: MERCHANTS.map((one) => ({ merchant: one, routes: [{ method: 'swipe', type: 'scan', pools: ['P'] }] })),
  cardUsage: { thresholds: [{ month: 2 }] },
})

let cardCases = 0
const cardCase = (scene: Scene) => scene.cardCase(`CARD-${cardCases++}`, cardNumber(cards++))
const explained = async (scene: Scene) => {
  const id = await cardCase(scene)
  const made = await scene.ask('maker', 'POST', `/v1/card-usage-cases/${id}/explanation`, { file: 'oss://1.pdf' })
  return { id, hash: (made['proposal'] as { hash: string }).hash }
}
let channels = 0
const line = (serial: string) => ({
  serial,
  kind: 'payment',
  amount: 10_000,
  discount: 0,
  payable: 10_000,
  outcome: 'success',
})
const bill = (serial: string) =>
  [line(serial), { total: { count: 1, amount: 10_000, discount: 0 } }].map((one) => `${JSON.stringify(one)}\n`).join('')

const reportOf = (merchant: string) => ({
  kind: 'merchant',
  parameters: { from: '2026-11-01', to: '2026-11-30', merchant },
})

const scheduleOf = (merchant: string) => ({
  kind: 'merchant',
  parameters: { merchant },
  range: 'yesterday',
  at: '07:30',
  when: { every: 'day' },
})

/** Templates that nothing else asks for. */
const RELEASED = ['CARWASH-9', 'CINEMA-990', 'PERCENT-85']

const SAYS_NOTHING = 'it changes nothing: a question'
const TWO_PROPOSALS =
  'nothing in it tells one from another that is meant: each is a proposal of its own, and another person decides on each'

const payments: Record<string, Make[]> = {
  queryTransaction: [
    (_, id) => ({ who: 'system', body: payment(id) }),
    (_, id) => ({ who: 'system', query: '?explain=true', body: payment(id, { card: { pan: cardNumber(1) } }) }),
    (_, id) => ({ who: 'system', body: payment(id, { merchant: 'NOBODY' }) }),
  ],
  tellTransactionResult: [
    ...[
      { outcome: 'success', paid: 8500, upstreamSerial: 'U' },
      { outcome: 'failure' },
      { outcome: 'success', paid: 10_000 },
    ].map((body): Make => async (scene, id) => {
      await scene.hold(id)
      return { who: 'system', params: { serial: id }, body }
    }),
    (_, id) => ({ who: 'system', params: { serial: id }, body: { outcome: 'success', paid: 10_000 } }),
  ],
  ...Object.fromEntries(
    ['reverseTransaction', 'voidTransaction'].map((operation): [string, Make[]] => [
      operation,
      [
        async (scene, id) => {
          await scene.pay(id)
          return { who: 'system', params: { serial: id }, body: { serial: `${id}-V` } }
        },
        async (scene, id) => {
          await scene.hold(id)
          return { who: 'system', params: { serial: id }, body: { serial: `${id}-V` } }
        },
        (_, id) => ({ who: 'system', params: { serial: id }, body: { serial: `${id}-V` } }),
      ],
    ]),
  ),
  askRefund: [
    async (scene, id) => {
      await scene.pay(id)
      return { who: 'system', params: { serial: id }, body: { serial: `${id}-R`, amount: 3000 } }
    },
    async (scene, id) => {
      await scene.hold(id)
      return { who: 'system', params: { serial: id }, body: { serial: `${id}-R`, amount: 3000 } }
    },
    async (scene, id) => {
      await scene.pay(id)
      return { who: 'system', params: { serial: id }, body: { serial: `${id}-R`, amount: 30_000 } }
    },
  ],
  tellRefundResult: ['success', 'failure'].map((outcome): Make => async (scene, id) => {
    await scene.pay(id)
    await scene.refund(id)
    return { who: 'system', params: { serial: id, refund: `${id}-R` }, body: { outcome } }
  }),
  routePayment: [
    (_, id) => ({
      who: 'system',
      body: {
        serial: id,
        merchant: 'M0001',
        method: 'swipe',
        type: 'scan',
        amount: 10_000,
        card: { pan: cardNumber(2) },
      },
    }),
    (_, id) => ({
      who: 'system',
      body: { serial: id, merchant: 'M0001', method: 'none', type: 'scan', amount: 10_000 },
    }),
  ],
  pay: ['M0001', 'CARD-59'].map((one): Make => (_, id) => ({
    who: 'system',
    body: payment(id, { type: 'scan', merchant: one }),
  })),
  tellRouteResult: [
    { outcome: 'success', upstreamSerial: 'U' },
    { outcome: 'failure', failure: 'declined' },
    { outcome: 'failure', failure: 'timeout' },
  ].map((body): Make => async (scene, id) => {
    await scene.route(id)
    return { who: 'system', params: { serial: id }, body: { mid: 'MID-1', ...body } }
  }),
}

const stopping = (operation: string, path: (id: string) => string, params: (id: string) => Record<string, string>) => ({
  [`suspend${operation}`]: [
    async (scene: Scene, id: string) => {
      await scene.draft(id)
      return { who: 'maker' as const, params: params(id) }
    },
  ],
  [`resume${operation}`]: [
    async (scene: Scene, id: string) => {
      await scene.draft(id)
      await scene.ask('maker', 'POST', `${path(id)}/suspend`)
      return { who: 'maker' as const, params: params(id) }
    },
    async (scene: Scene, id: string) => {
      await scene.draft(id)
      await scene.suspended(path(id))
      return { who: 'checker' as const, params: params(id) }
    },
  ],
})

/** One that waits for its file. */
async function backtestOf(scene: Scene, id: string): Promise<string> {
  await scene.draft(id)
  const made = (await scene.ask('maker', 'POST', '/v1/backtests', { serial: id, campaigns: [{ code: id }] })) as {
    id: number
  }
  return String(made.id)
}

const documents: Record<string, Make[] | Unlike> = {
  evaluate: { unlike: SAYS_NOTHING },
  checkCampaign: { unlike: SAYS_NOTHING },
  putCampaign: [(_, id) => ({ who: 'maker', params: { code: id }, body: campaign({ code: id }) })],
  copyCampaign: [
    async (scene, id) => {
      await scene.draft(id)
      return { who: 'maker', params: { code: id }, body: { code: `${id}-C` } }
    },
  ],
  requestBacktest: [
    async (scene, id) => {
      await scene.draft(id)
      const days = { from: '2026-11-01', to: '2026-11-02' }
      return { who: 'maker', body: { serial: id, campaigns: [{ code: id }], days } }
    },
  ],
  giveBacktestFile: [
    async (scene, id) => {
      const run = await backtestOf(scene, id)
      const line = { ...payment(`${id}-P`, { card: { pan: cardNumber(1) } }), at: '2026-11-01T12:00:00+08:00' }
      return { who: 'maker', params: { id: run }, type: 'application/x-ndjson', body: `${JSON.stringify(line)}\n` }
    },
  ],
  cancelBacktest: [async (scene, id) => ({ who: 'maker', params: { id: await backtestOf(scene, id) } })],
  keepBacktestRun: { unlike: 'it needs a run that is done: backtest-runs.test keeps one twice' },
  previewRuleTemplate: { unlike: SAYS_NOTHING },
  putRuleTemplate: [
    (_, id) => ({ who: 'maker', params: { code: id }, body: { ...EXAMPLES['rule-template'], code: id } }),
  ],
  retireRuleTemplate: [
    (_, id) => ({ who: 'checker', params: { code: RELEASED[Number(/\d+$/.exec(id)?.[0]) % RELEASED.length]! } }),
  ],
  makeCampaignFromTemplate: [
    (_, id) => ({ who: 'maker', body: { template: 'REDUCE-15', code: id, parameters: { merchants: [id] } } }),
  ],
  keepBacktest: [
    async (scene, id) => {
      const { document } = await scene.draft(id)
      const body = {
        ...EXAMPLES['backtest-summary'],
        documentHash: createHash('sha256').update(canonicalJson(document)).digest('hex'),
      }
      return { who: 'maker', params: { code: id }, body }
    },
  ],
  approveCampaign: [
    async (scene, id) => {
      const { hash } = await scene.draft(id)
      return { who: 'checker', params: { code: id }, body: { hash } }
    },
  ],
  approveOffer: [
    async (scene, id) => {
      const { hash } = await scene.draft(id)
      return { who: 'checker', params: { code: id, offer: 'FOOD' }, body: { hash } }
    },
  ],
  ...stopping(
    'Campaign',
    (id) => `/v1/campaigns/${id}`,
    (id) => ({ code: id }),
  ),
  ...stopping(
    'Offer',
    (id) => `/v1/campaigns/${id}/offers/FOOD`,
    (id) => ({ code: id, offer: 'FOOD' }),
  ),
  suspendRoutingPart: [() => ({ who: 'maker', params: { part: 'channels', code: `CH-${channels++}` } })],
  resumeRoutingPart: [
    async (scene) => {
      const code = `CH-${channels++}`
      await scene.suspended(`/v1/routing/channels/${code}`)
      return { who: 'checker', params: { part: 'channels', code } }
    },
  ],
  proposeSharedPool: [(_, id) => ({ who: 'maker', body: { pool: id, reason: 'until its own numbers come' } })],
  putRouting: [
    async (scene, id) => {
      // Nothing waits: what takes the place of another one ends that one too.
      await scene.agreed('maker', 'PUT', '/v1/routing', routing(`${id}-A`))
      return { who: 'maker', body: routing(id) }
    },
  ],
  leaveMerchant: [
    async (scene, id) => {
      await scene.ask('maker', 'PUT', `/v1/merchants/${id}`, { ...merchant, id })
      return { who: 'maker', params: { id } }
    },
  ],
  putMerchant: [(_, id) => ({ who: 'maker', params: { id }, body: { ...merchant, id } })],
  putCardGroup: [
    (_, id) => ({ who: 'maker', params: { code: id }, body: { name: id, bins: ['622166'], cards: [cardNumber(3)] } }),
  ],
  putMerchantGroup: [(_, id) => ({ who: 'maker', params: { code: id }, body: { code: id, merchants: ['M0001'] } })],
  putCustomerGroup: [(_, id) => ({ who: 'maker', params: { code: id }, body: { name: id, customers: ['a', 'b'] } })],
  importCardGroup: { unlike: 'each import is a record of its own; of two at once the second is told import_running' },
  importMerchantGroup: {
    unlike: 'each import is a record of its own; of two at once the second is told import_running',
  },
  importMerchants: { unlike: 'each import is a record of its own; of two at once the second is told import_running' },
  cancelImport: { unlike: 'only while a file comes in: merchant-groups.test cancels twice' },
  importCustomerGroup: {
    unlike: 'each import is a record of its own; of two at once the second is told import_running',
  },
  putClient: [
    (_, id) => ({ who: 'maker', params: { code: id }, body: { name: id, ratePerSecond: 10 } }),
    (_, id) => ({ who: 'maker', params: { code: id }, body: { name: id, webhookUrl: 'https://core.example/hook' } }),
  ],
  rotateWebhookSecret: [
    async (scene, id) => {
      await scene.api.approved('maker', 'PUT', `/v1/clients/${id}`, {
        name: id,
        webhookUrl: 'https://core.example/hook',
      })
      return { who: 'maker', params: { code: id }, body: { serial: id } }
    },
  ],
  makeApiKey: { unlike: 'each key is a secret of its own, shown once and kept nowhere' },
  proveDecision: { unlike: 'each proof is another one, spent once; nothing is stored' },
  revokeApiKey: [
    async (scene, id) => {
      await scene.ask('maker', 'PUT', `/v1/clients/${id}`, { name: id })
      const made = await scene.ask('maker', 'POST', '/v1/api-keys', { client: id, name: id, scopes: ['read'] })
      return { who: 'maker', params: { id: made.id as string } }
    },
  ],
}

let policies = 0
/** One for each way of sending. */
const MONEY = ['receipt', 'withdrawal', 'credit_line', 'transfer']
const administration: Record<string, Make[] | Unlike> = {
  putBranch: [(_, id) => ({ who: 'maker', params: { code: id }, body: { name: id } })],
  putRole: [
    (_, id) => ({ who: 'maker', params: { code: id }, body: { name: id, nameZh: id, scopes: ['campaigns.make'] } }),
  ],
  putApprovalPolicy: [
    () => ({
      who: 'maker',
      params: { kind: MONEY[policies++ % MONEY.length]! },
      body: { policies: [{ fromFen: 5, approvers: 1, otherBranch: false, expiresAfterHours: 24 }] },
    }),
  ],
  makePerson: [(_, id) => ({ who: 'maker', body: { ...EXAMPLES['person-request'], login: id.toLowerCase() } })],
  putPerson: [
    async (scene, id) => ({ who: 'maker', params: { id: await scene.person(id) }, body: EXAMPLES['person-change'] }),
  ],
  disablePerson: [async (scene, id) => ({ who: 'maker', params: { id: await scene.person(id) } })],
  recoverPerson: [
    async (scene, id) => ({ who: 'maker', params: { id: await scene.person(id) }, body: { reason: 'lost' } }),
  ],
  makePersonEnrolment: { unlike: 'each code is another one, shown once; the one before is void' },
  makeDelegation: [
    async (scene, id) => ({
      who: 'checker',
      body: {
        ...EXAMPLES['delegation-request'],
        until: '2099-01-01T00:00:00Z',
        from: '2098-12-21T00:00:00Z',
        standsIn: await scene.person(id),
      },
    }),
  ],
  endDelegation: [async (scene, id) => ({ who: 'maker', params: { id: await scene.absence(id) } })],
}

const SESSIONS = 'persons only; sessions.test and accounts.test send each twice at once'
const people: Record<string, Make[] | Unlike> = {
  signIn: { unlike: 'each session is another one; a code of the authenticator is used once' },
  enrol: { unlike: 'a code of enrolment is used once: the second is told so' },
  endSession: { unlike: SESSIONS },
  stepUp: { unlike: SESSIONS },
  changePassword: { unlike: SESSIONS },
  beginTotp: { unlike: SESSIONS },
  confirmTotp: { unlike: SESSIONS },
  logoutOidc: { unlike: 'comes from an identity provider; oidc.test sends one twice' },
  beginPasskey: { unlike: 'each challenge is another one, signed once' },
  addPasskey: { unlike: SESSIONS },
  removePasskey: { unlike: SESSIONS },
  beginPasskeySignIn: { unlike: 'each challenge is another one, signed once' },
  signInByPasskey: { unlike: 'each session is another one; a challenge is signed once' },
  beginPasskeyStepUp: { unlike: 'each challenge is another one, signed once' },
  stepUpByPasskey: { unlike: SESSIONS },
  makeToken: { unlike: 'each token is a secret of its own, shown once and kept nowhere' },
  putView: [
    (_, id) => ({
      who: 'maker',
      params: { code: id },
      body: { name: id, page: 'campaigns', state: { q: 'x' }, shared: false },
    }),
  ],
  removeView: [
    async (scene, id) => {
      await scene.ask('maker', 'PUT', `/v1/me/views/${id}`, { name: id, page: 'cases', state: {} })
      return { who: 'maker', params: { code: id } }
    },
  ],
  revokeToken: { unlike: 'persons only; tokens.test revokes twice' },
}

const finance: Record<string, Make[] | Unlike> = {
  putPartner: [(_, id) => ({ who: 'maker', params: { code: id }, body: { name: id, warnBelow: { amount: 5 } } })],
  revealAccounts: { unlike: 'numbers are shown once: the second request is told who has seen them' },
  proposeReceipt: [
    async (scene, id) => {
      await scene.agreed('maker', 'PUT', `/v1/partners/${id}`, { name: id })
      return { who: 'maker', params: { code: id }, body: receiptOf(id) }
    },
  ],
  proposeTransfer: [
    (_, id) => ({
      who: 'maker',
      body: { ...EXAMPLES['transfer-request'], valueDate: '2026-11-01', bankReference: id },
    }),
  ],
  proposeWithdrawal: { unlike: TWO_PROPOSALS },
  requestErasure: { unlike: TWO_PROPOSALS },
  proposeCreditLine: { unlike: TWO_PROPOSALS },
  proposeCycleAdjustment: { unlike: TWO_PROPOSALS },
  proposeResolution: { unlike: TWO_PROPOSALS },
  amendProposal: [
    async (scene, id) => ({
      who: 'maker',
      params: { id: (await scene.proposal(id)).id },
      body: { ...receiptOf(id), amount: 6000 },
    }),
  ],
  withdrawProposal: [async (scene, id) => ({ who: 'maker', params: { id: (await scene.proposal(id)).id } })],
  approveProposal: [
    async (scene, id) => {
      const { id: one, hash } = await scene.proposal(id)
      return { who: 'checker', params: { id: one }, body: { hash } }
    },
  ],
  rejectProposal: [
    async (scene, id) => {
      const { id: one, hash } = await scene.proposal(id)
      return { who: 'checker', params: { id: one }, body: { hash, reason: 'no' } }
    },
  ],
  issuePartnerCycle: [
    async (scene, id) => {
      await scene.streamOf(id)
      return { who: 'maker', body: { partner: id, campaign: id } }
    },
  ],
  confirmPartnerCycle: [async (scene, id) => ({ who: 'checker', params: { id: await scene.cycle(id) } })],
  disputePartnerCycle: [
    async (scene, id) => ({
      who: 'checker',
      params: { id: await scene.cycle(id) },
      body: { rows: [{ serial: `${id}-S`, amount: 50, reason: 'no' }] },
    }),
  ],
  proposeCollection: [
    async (scene, id) => ({
      who: 'maker',
      body: { cycle: Number(await scene.cycle(id)), ...receiptOf(id) },
      params: { code: id },
    }),
  ],
  openClearingRun: [(scene) => ({ who: 'finance', body: { date: scene.nextDate() } })],
  acknowledgeClearingFile: [
    async (scene) => ({
      who: 'finance',
      params: { id: await scene.clearingFile('published') },
      body: { outcome: 'accepted' },
    }),
    async (scene) => ({
      who: 'finance',
      params: { id: await scene.clearingFile('published') },
      body: { outcome: 'refused', reasons: [{ row: 1, code: 'E', message: 'no' }] },
    }),
  ],
  replaceClearingFile: [
    async (scene) => ({
      who: 'finance',
      params: { id: await scene.clearingFile('refused') },
      body: { reason: 'layout' },
    }),
  ],
  putClearingSystem: [(_, id) => ({ who: 'finance', params: { code: id }, body: EXAMPLES['clearing-system-request'] })],
  assignCase: [async (scene, id) => ({ who: 'maker', params: { id: await scene.case(id) }, body: { owner: 'wang' } })],
  reopenCase: [
    async (scene, id) => ({ who: 'maker', params: { id: await scene.closedCase(id) }, body: { reason: 'no' } }),
  ],
  approveResolution: [
    async (scene, id) => {
      const { case: of, resolution, hash } = await scene.resolution(id)
      return { who: 'checker', params: { id: of, resolution }, body: { hash } }
    },
  ],
  rejectResolution: [
    async (scene, id) => {
      const { case: of, resolution, hash } = await scene.resolution(id)
      return { who: 'checker', params: { id: of, resolution }, body: { hash, reason: 'no' } }
    },
  ],
  withdrawResolution: [
    async (scene, id) => {
      const { case: of, resolution } = await scene.resolution(id)
      return { who: 'maker', params: { id: of, resolution } }
    },
  ],
  importBill: [
    (_, id) => ({
      who: 'maker',
      query: '?layout=lijian-list-ndjson&date=2026-11-01&client=system&name=list.ndjson',
      body: bill(id),
      type: 'application/x-ndjson',
    }),
  ],
  putBillLayout: [
    (_, id) => ({
      who: 'maker',
      params: { code: id.toLowerCase() },
      body: { ...EXAMPLES['bill-layout'], code: id.toLowerCase() },
    }),
  ],
  requestReport: (['finance', 'maker'] as const).map((who): Make => (_, id) => ({ who, body: reportOf(id) })),
  cancelReportRun: [
    async (scene, id) => ({
      who: 'finance',
      params: { id: String((await scene.ask('finance', 'POST', '/v1/report-runs', reportOf(id))).id) },
    }),
  ],
  putReportSchedule: (['finance', 'maker'] as const).map((who): Make => (_, id) => ({
    who,
    params: { code: id },
    body: scheduleOf(id),
  })),
  endReportSchedule: [
    async (scene, id) => {
      await scene.ask('finance', 'PUT', `/v1/report-schedules/${id}`, scheduleOf(id))
      return { who: 'finance', params: { code: id } }
    },
  ],
  linkReportFile: { unlike: 'each link is a secret of its own that opens the file once' },
  runReconciliation: { unlike: 'it counts anew, and says when and what that has opened' },
  explainCardUsage: [
    async (scene) => ({ who: 'maker', params: { id: await cardCase(scene) }, body: { file: 'oss://1.pdf' } }),
  ],
  approveCardUsageExplanation: [
    async (scene) => {
      const { id, hash } = await explained(scene)
      return { who: 'checker', params: { id }, body: { hash } }
    },
  ],
  rejectCardUsageExplanation: [true, false].map((keepSuspended): Make => async (scene) => {
    const { id, hash } = await explained(scene)
    return { who: 'checker', params: { id }, body: { hash, reason: 'no', keepSuspended } }
  }),
}

export const REQUESTS: Record<string, readonly Make[] | Unlike> = {
  ...payments,
  ...documents,
  ...people,
  ...administration,
  ...finance,
}
