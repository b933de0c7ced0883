// A real identity provider, as a process of its own: node identity-provider.mjs PORT BACK-CHANNEL JWKS. POST /control says who signs in next.
import { createServer } from 'node:http'
import { importJWK, SignJWT, decodeJwt } from 'jose'
import { Provider } from 'oidc-provider'

const [port, backChannel, jwksText] = process.argv.slice(2)
const issuer = `http://127.0.0.1:${port}`
const jwks = JSON.parse(jwksText)
let next = {}
const people = new Map()

const provider = new Provider(issuer, {
  jwks,
  clients: [
    {
      client_id: 'lijian',
      client_secret: 'a secret of the test',
      redirect_uris: ['http://localhost:9/v1/sessions/oidc/callback'],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      backchannel_logout_uri: backChannel,
      backchannel_logout_session_required: true,
    },
  ],
  claims: { openid: ['sub', 'acr', 'amr'], profile: ['name', 'preferred_username', 'groups', 'branch'] },
  acrValues: ['mfa'],
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  cookies: { keys: ['a key of the test'] },
  // Its own one refuses addresses of this machine.
  fetch: (url, { dispatcher: _, ...options }) => fetch(url, options),
  features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...people.get(accountId) }) }),
  async loadExistingGrant({ oidc }) {
    const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
    grant.addOIDCScope('openid profile')
    await grant.save()
    return grant
  },
})
for (const event of ['server_error', 'backchannel.error'])
  provider.on(event, (_ctx, error) => process.stderr.write(`${event}: ${error}\n`))
const oidc = provider.callback()

/** Signs the token again with other claims: what a provider does that is not ours, or not right. */
async function changed(body, { alg, foreignKey, ...claims }) {
  const answer = JSON.parse(body)
  const all = { ...decodeJwt(answer.id_token), ...claims }
  const payload = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
  const [jwk] = jwks.keys
  if (alg === 'none') {
    const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
    answer.id_token = `${part({ alg })}.${part(payload)}.`
  } else {
    const key = await importJWK(foreignKey ?? jwk, 'RS256')
    answer.id_token = await new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: jwk.kid }).sign(key)
  }
  return JSON.stringify(answer)
}

createServer(async (request, response) => {
  if (request.url === '/control') {
    let text = ''
    for await (const part of request) text += part
    next = JSON.parse(text)
    people.set(next.sub, next.claims)
    return response.end('{}')
  }
  if (request.url.startsWith('/interaction/')) {
    const { sub: accountId, acr, amr, ts } = next
    return provider.interactionFinished(request, response, { login: { accountId, acr, amr, ts, remember: true } })
  }
  if (request.url === '/token' && next.tamper !== undefined) {
    const end = response.end.bind(response)
    response.end = (body) => {
      void changed(String(body), next.tamper).then((text) => {
        response.setHeader('content-length', Buffer.byteLength(text))
        end(text)
      })
    }
  }
  return oidc(request, response)
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'))
