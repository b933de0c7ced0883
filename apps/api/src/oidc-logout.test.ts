import { importJWK, SignJWT } from 'jose'
import { OidcStage, SECRET, START } from './testing/oidc-stage'

let stage: OidcStage
beforeAll(async () => {
  stage = await OidcStage.open()
})
afterAll(() => stage.close())

describe('signing out at the provider', () => {
  const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
  const send = async (token: string) => {
    const body = new URLSearchParams({ logout_token: token })
    return (await fetch(`${stage.api.base}${START}/back-channel-logout`, { method: 'POST', body })).status
  }
  let jti = 0
  async function token(claims: Record<string, unknown>, { key = stage.jwk, alg = 'RS256' } = {}) {
    const all = {
      iss: stage.issuer,
      aud: 'lijian',
      iat: Math.floor(Date.now() / 1000),
      jti: `j${++jti}`,
      events: { [EVENT]: {} },
      ...claims,
    }
    if (alg === 'none') {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
      return `${part({ alg })}.${part(all)}.`
    }
    const signing = alg === 'HS256' ? new TextEncoder().encode(SECRET) : await importJWK(key, 'RS256')
    return new SignJWT(all).setProtectedHeader({ alg, kid: 'k1', typ: 'logout+jwt' }).sign(signing)
  }
  async function signedIn() {
    const sub = await stage.next()
    const browser = stage.browser()
    await browser.signIn()
    return { sub, browser }
  }

  test('ends that session here, over the back channel', async () => {
    const { sub, browser } = await signedIn()
    await stage.next({ sub })
    const other = stage.browser()
    await other.signIn()
    const page = await browser.get(`${stage.issuer}/session/end`)
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)![1]!
    await browser.get(`${stage.issuer}/session/end/confirm`, {
      method: 'POST',
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    })
    while ((await browser.me()).status !== 401) await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await other.me()).status).toBe(200)
  })

  test('of a person ends all its sessions; the same token again ends none that came later', async () => {
    const { sub, browser } = await signedIn()
    const logout = await token({ sub })
    expect(await send(logout)).toBe(200)
    expect((await browser.me()).status).toBe(401)
    await stage.next({ sub })
    await browser.signIn()
    expect(await send(logout)).toBe(200)
    expect((await browser.me()).status).toBe(200)
  })

  test.each`
    _case                           | claims                                          | how
    ${'no signature'}               | ${{}}                                           | ${{ alg: 'none' }}
    ${'a shared secret'}            | ${{}}                                           | ${{ alg: 'HS256' }}
    ${'a foreign key'}              | ${{}}                                           | ${{ key: 'foreign' }}
    ${'another issuer'}             | ${{ iss: 'https://evil.example' }}              | ${{}}
    ${'another client'}             | ${{ aud: 'others' }}                            | ${{}}
    ${'a nonce'}                    | ${{ nonce: 'n' }}                               | ${{}}
    ${'no event'}                   | ${{ events: {} }}                               | ${{}}
    ${'an event that is no object'} | ${{ events: { [EVENT]: true } }}                | ${{}}
    ${'no jti'}                     | ${{ jti: undefined }}                           | ${{}}
    ${'an age of ten minutes'}      | ${{ iat: Math.floor(Date.now() / 1000) - 600 }} | ${{}}
    ${'nobody'}                     | ${{ sub: undefined }}                           | ${{}}
  `('by a token with $_case is refused', async ({ claims, how }) => {
    const { sub, browser } = await signedIn()
    const key = (how as { key?: string }).key === 'foreign' ? stage.foreignKey : stage.jwk
    expect(await send(await token({ sub, ...(claims as object) }, { ...(how as object), key }))).toBe(400)
    expect((await browser.me()).status).toBe(200)
  })

  test.each(['', 'x=1', 'logout_token=', 'logout_token=a.b.c', `logout_token=${'a'.repeat(20_000)}`])(
    'by %j is refused',
    async (body) => {
      const reply = await fetch(`${stage.api.base}${START}/back-channel-logout`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      expect([400, 413]).toContain(reply.status)
    },
  )
})
