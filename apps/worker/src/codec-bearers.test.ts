import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { bearersOf } from './codec-bearers'

test('an access token of the identity provider says who asks; another issuer, audience, key or time is nobody', async () => {
  const [ours, theirs] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(ours.publicKey)), kid: 'k', alg: 'RS256' }] })
  const server = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(jwks))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const who = bearersOf({
    codecBearers: new Map([['t'.repeat(32), 'cli']]),
    codecJwksUrl: `http://127.0.0.1:${port}/jwks`,
    codecIssuer: 'https://id.example',
    codecAudience: 'lijian-codec',
  })!
  const token = (change: { issuer?: string; audience?: string; expires?: string; key?: typeof ours.privateKey } = {}) =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setSubject('wang')
      .setIssuer(change.issuer ?? 'https://id.example')
      .setAudience(change.audience ?? 'lijian-codec')
      .setExpirationTime(change.expires ?? '5m')
      .sign(change.key ?? ours.privateKey)
  expect(await who(`Bearer ${await token()}`)).toBe('wang')
  for (const wrong of [{ issuer: 'x' }, { audience: 'other' }, { expires: '-5m' }, { key: theirs.privateKey }])
    expect(await who(`Bearer ${await token(wrong)}`)).toBeUndefined()
  expect(await who(`Bearer ${'t'.repeat(32)}`)).toBe('cli')
  expect(await who(undefined)).toBeUndefined()
  await new Promise((resolve) => server.close(resolve))
})
