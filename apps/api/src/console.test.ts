import { makeEnrolment } from '@lijian/identity'
import { Pool } from 'pg'
import { ConsoleBrowser } from './testing/browser'
import { campaign, merchant } from './testing/documents'
import { Page, PASSWORD } from './testing/page'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let browser: ConsoleBrowser | undefined
let maker: Page
let checker: Page
let auditor: Page
beforeAll(async () => {
  api = await testApi()
  browser = await ConsoleBrowser.open(api)
  maker = await Page.of(api, 'li.si', ['operator'])
  checker = await Page.of(api, 'wang.wu', ['reviewer'])
  auditor = await Page.of(api, 'zhao.liu', ['auditor'])
  await api.agreed('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.agreed('maker', 'PUT', '/v1/partners/CCB', { name: '建设银行' })
  const mids = [{ code: 'MID-1', channel: 'CH-A', allowedMerchants: ['M0001'], dailyAmount: 50_000 }]
  const routing = {
    ...{ timeZone: 'Asia/Shanghai', channels: [{ code: 'CH-A' }], mids, pools: [{ code: 'P-A', mids: ['MID-1'] }] },
    merchants: [{ merchant: 'M0001', routes: [{ method: 'qr', type: 'scan', pools: ['P-A'] }] }],
  }
  expect(await api.agreed('maker', 'PUT', '/v1/routing', routing)).toMatchObject({ status: 200 })
  await maker.ask('PUT', '/v1/card-groups/VIP', { code: 'VIP', name: 'VIP', bins: ['622166'] })
  expect((await maker.ask('PUT', '/v1/campaigns/CCB', campaign())).status).toBe(200)
})
afterAll(async () => {
  await browser?.close()
  await api.stop()
})

test('a person signs in by hand: password, then the code of the authenticator, and out again', async () => {
  const pool = new Pool({ connectionString: api.url, max: 1 })
  const { code } = await makeEnrolment(pool, ['operator'])
  await pool.end()
  const page = new Page(api)
  await page.ask('POST', '/v1/enrolments', { enrolment: code, login: 'sun.qi', name: '孙七', password: PASSWORD })
  const { tab, complaints, close } = await browser!.window()
  await tab.goto(`${api.base}/console/campaigns`)
  await tab.getByLabel('登录名').fill('sun.qi')
  await tab.getByLabel('密码', { exact: true }).fill('not the password 1')
  await tab.getByRole('button', { name: '登录' }).click()
  await tab.getByRole('alert').waitFor()
  await tab.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await tab.getByRole('button', { name: '登录' }).click()
  await tab.getByRole('heading', { name: '绑定验证器' }).waitFor()
  await tab.getByRole('button', { name: '生成密钥' }).click()
  page.secret = await tab.locator('code').innerText()
  await tab.getByLabel('验证器显示的六位数字').fill(page.code())
  await tab.getByRole('button', { name: '确认' }).click()
  // The address that was asked for.
  await tab.getByRole('heading', { name: '活动' }).waitFor()
  await tab.getByText('孙七').waitFor()
  await tab.getByRole('button', { name: '退出' }).click()
  await tab.getByLabel('登录名').waitFor()
  // Nobody is signed in, then a wrong password: the browser tells of each 401.
  expect(complaints.filter((one) => !one.includes('401') && !one.includes('403'))).toEqual([])
  await close()
})

const PAGES = ['/', '/approvals', '/campaigns', '/campaigns/CCB', '/transactions', '/merchants', '/partners', '/cases', '/audit', '/roles'] // prettier-ignore

test.each([
  { locale: 'zh-CN' as const, isDark: false },
  { locale: 'en' as const, isDark: true },
])('pages in $locale, dark: $isDark: no fault of WCAG 2.2 AA, and the browser complains of nothing', async (look) => {
  const window = await browser!.window(auditor, look)
  for (const path of PAGES) {
    await window.go(path)
    expect([path, await window.faults()]).toEqual([path, []])
  }
  expect(window.complaints).toEqual([])
  await window.close()
})

test('the maker cannot decide what the maker has made, and sees why; the reviewer reads the change and approves it', async () => {
  const own = await browser!.window(maker)
  await own.go('/approvals?state=proposed')
  await own.tab.getByRole('link', { name: /^\d+$/ }).first().click()
  await own.tab.getByText('这是您自己提交的，须由他人审核').waitFor()
  expect(await own.tab.getByRole('button', { name: '批准并立即生效' }).isDisabled()).toBe(true)
  await own.close()

  const other = await browser!.window(checker)
  await other.go('/approvals?mine=waiting')
  await other.tab.getByRole('link', { name: /^\d+$/ }).first().click()
  await other.tab.getByRole('heading', { name: /CCB/ }).waitFor()
  expect(await other.tab.locator('td.after').count()).toBeGreaterThan(5)
  await other.tab.getByRole('button', { name: '批准并立即生效' }).click()
  await other.tab.getByText('已批准').first().waitFor()
  expect((await maker.ask('GET', '/v1/campaigns/CCB')).body).toMatchObject({ state: 'approved' })
  expect(other.complaints).toEqual([])
  await other.close()
})

test('an operator makes a campaign from a template by a form in yuan, and sees in words what it does', async () => {
  const window = await browser!.window(maker)
  const { tab } = window
  await window.go('/rule-templates/REDUCE-15')
  await tab.getByLabel('活动编码').fill('FORM-15')
  await tab.getByLabel('满', { exact: false }).first().waitFor()
  const amounts = tab.locator('input[inputmode=decimal]')
  await amounts.nth(0).fill('100.50')
  await tab
    .locator('li', { hasText: /100\.5/ })
    .first()
    .waitFor()
  await amounts.nth(1).fill('1.234')
  await tab.locator('.ant-form-item-explain-error').first().waitFor()
  await amounts.nth(1).fill('15')
  await tab.locator('.ant-form-item-explain-error').first().waitFor({ state: 'detached' })
  expect(await window.faults()).toEqual([])
  await tab.getByRole('button', { name: '提交审核' }).click()
  await tab.getByRole('heading', { name: /FORM-15/ }).waitFor()
  const { body } = await maker.ask('GET', '/v1/campaigns/FORM-15')
  expect(JSON.stringify(body['document'])).toContain('10050')
  expect(body).toMatchObject({ state: 'not_approved', origin: { template: 'REDUCE-15' } })
  await window.close()
})

test('a person without the right gets no menu and no page', async () => {
  const window = await browser!.window(checker)
  await window.go('/')
  expect(await window.tab.getByRole('link', { name: '审计' }).count()).toBe(0)
  await window.tab.goto(`${api.base}/console/audit`)
  await window.tab.getByText('没有这个页面，或您无权查看').waitFor()
  await window.close()
})

test('only the page of the console may run scripts, and a missing asset is 404', async () => {
  const page = await fetch(`${api.base}/console/anything/deep`)
  const policy = page.headers.get('content-security-policy')!
  expect(policy).toContain(`default-src 'self'`)
  expect(policy).not.toContain('unsafe')
  const nonce = /'nonce-([^']+)'/.exec(policy)![1]!
  expect(await page.text()).toContain(nonce)
  expect((await fetch(`${api.base}/console/`)).headers.get('content-security-policy')).not.toBe(policy)
  expect((await fetch(`${api.base}/console/assets/none.js`)).status).toBe(404)
  const asset = /\/console\/assets\/[^"]+\.js/.exec(await (await fetch(`${api.base}/console/`)).text())![0]
  const sent = await fetch(api.base + asset, { headers: { 'accept-encoding': 'br' } })
  expect(sent.headers.get('cache-control')).toContain('immutable')
  expect(sent.headers.get('content-encoding')).toBe('br')
})
