import { BacktestWork, tryPayments } from '@lijian/campaigns'
import { Pool } from 'pg'
import { ConsoleBrowser, type ConsoleWindow } from './testing/browser'
import { merchant, payment } from './testing/documents'
import { Page } from './testing/page'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let browser: ConsoleBrowser | undefined
let maker: Page
let checker: Page
beforeAll(async () => {
  api = await testApi()
  browser = await ConsoleBrowser.open(api)
  maker = await Page.of(api, 'li.si', ['operator'])
  checker = await Page.of(api, 'wang.wu', ['reviewer'])
  await api.agreed('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.agreed('maker', 'PUT', '/v1/partners/CCB', { name: '建设银行' })
})
afterAll(async () => {
  await browser?.close()
  await api.stop()
})

/** A draft with gaps is 422, a code that nobody has yet 404: the browser tells of each. */
const complaintsOf = ({ complaints }: ConsoleWindow) => complaints.filter((one) => !/422|404/.test(one))
/** The input of a place in the document. */
const at = ({ tab }: ConsoleWindow, path: string) => tab.locator(`[id="${path}"]`)

test('a newcomer writes 满100减15, once a card and day, of 40,000 yuan; another approves it; a payment gets it', async () => {
  const window = await browser!.window(maker)
  const { tab } = window
  await window.go('/campaigns')
  await tab.getByRole('link', { name: '新建活动' }).click()
  await tab.getByRole('heading', { name: '新建活动' }).waitFor()
  await tab.getByRole('button', { name: '提交审核' }).click()
  // Gaps are told at their fields.
  await tab.locator('.ant-form-item-explain-error').first().waitFor()
  await at(window, 'name').fill('建行餐饮满100减15')
  await at(window, 'code').fill('DINING')
  await at(window, 'funders[0].partner').fill('CCB')
  await at(window, 'budget.amount').fill('40000')
  await at(window, 'offers[0].rule.benefit.tiers[0].atLeast').fill('100')
  await at(window, 'offers[0].rule.benefit.tiers[0].off').fill('15')
  await tab.getByRole('group', { name: '限额', exact: true }).getByRole('button', { name: '每卡每天 1 次' }).click()
  await tab.getByText('满100元减15元。').waitFor()
  await tab.getByText('15 yuan off from 100 yuan.').waitFor()
  await tab.getByText('每张卡每天最多 1 次。').waitFor()
  await tab.getByText('可以提交').waitFor()
  expect(await window.faults()).toEqual([])
  await tab.getByRole('button', { name: '试算' }).click()
  await tab.getByText(/立减\s*15.00，实付\s*113.00/).waitFor()
  await tab.getByRole('button', { name: '提交审核' }).click()
  await tab.getByRole('heading', { name: /DINING 建行餐饮满100减15/ }).waitFor()
  await tab.getByRole('link', { name: '等待审核 →' }).waitFor()
  expect(complaintsOf(window)).toEqual([])
  await window.close()
  const { body } = await maker.ask('GET', '/v1/campaigns/DINING')
  expect(body['document']).toMatchObject({
    budget: { amount: 4_000_000 },
    funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
    offers: [
      {
        name: '建行餐饮满100减15',
        rule: {
          benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] },
          limits: [{ per: ['card'], period: 'day', count: 1 }],
        },
      },
    ],
  })

  const other = await browser!.window(checker)
  await other.go(`/approvals/${Number(body['proposal'])}`)
  await other.tab.getByText('满100元减15元。').waitFor()
  await other.tab.getByRole('button', { name: '批准并立即生效' }).click()
  await other.tab.getByText('已批准').first().waitFor()
  await other.close()
  const paid = await api.ask('system', 'POST', '/v1/transactions', {
    ...payment('P1'),
    card: { pan: '6222020903001483077' },
  })
  expect(paid.body).toMatchObject({ state: 'held', discount: 1_500 })
})

test('another version: the form keeps what it does not touch; who was slower is told, and writes nothing over', async () => {
  const window = await browser!.window(maker)
  await window.go('/campaigns/DINING/edit')
  const before = (await maker.ask('GET', '/v1/campaigns/DINING')).body as { document: Record<string, unknown>; latestVersion: number } // prettier-ignore
  await at(window, 'to').fill('2027-12-31')
  await window.tab.getByText('可以提交').waitFor()
  // Meanwhile somebody else.
  await maker.ask('PUT', '/v1/campaigns/DINING', { ...before.document, name: '改名' })
  await window.tab.getByRole('button', { name: '提交审核' }).click()
  await window.tab.getByText('活动已有更新的版本，请重新打开再修改').first().waitFor()
  const after = (await maker.ask('GET', '/v1/campaigns/DINING')).body
  expect(after['document']).toEqual({ ...before.document, name: '改名' })
  expect(complaintsOf(window)).toEqual([])
  await window.close()
})

test('a lost session: another sign-in, and what was typed is there; another person sees nothing of it', async () => {
  const window = await browser!.window(maker)
  const { tab } = window
  await window.go('/campaigns/new')
  await at(window, 'name').fill('未提交的活动')
  await at(window, 'funders[0].partner').fill('CCB')
  await tab.getByText('可以提交').waitFor()
  const kept = await tab.context().cookies()
  await tab.context().clearCookies()
  await tab.getByRole('button', { name: '提交审核' }).click()
  await tab.getByLabel('登录名').waitFor()
  await tab.context().addCookies(kept)
  await tab.reload()
  await tab.getByText('已恢复您上次未提交的内容').waitFor()
  expect(await at(window, 'name').inputValue()).toBe('未提交的活动')
  const [name, value] = checker.cookie.split('=') as [string, string]
  await tab.context().addCookies([{ name, value, url: api.base }])
  await tab.reload()
  await tab.getByRole('heading', { name: '新建活动' }).waitFor()
  expect(await at(window, 'name').inputValue()).toBe('')
  await window.close()
})

test.each([
  { locale: 'zh-CN' as const, isDark: false, language: 'zh-CN' },
  { locale: 'en' as const, isDark: true, language: 'en' },
])('the form in $language, dark: $isDark, all of it open: no fault of WCAG 2.2 AA', async ({ language, ...look }) => {
  const window = await browser!.window(maker, look)
  const { tab } = window
  await tab.addInitScript(`localStorage.setItem('language', '${language}')`)
  await window.go('/campaigns/DINING/edit')
  await tab.locator('.ant-tabs-tab').first().waitFor()
  const shut = tab.locator('details.section:not([open]) > summary')
  while ((await shut.count()) > 0) await shut.first().click()
  expect(await window.faults()).toEqual([])
  await tab.getByRole('tab', { name: 'JSON' }).click()
  await tab.locator('#json').waitFor()
  expect(await window.faults()).toEqual([])
  expect(complaintsOf(window)).toEqual([])
  await window.close()
})

test('the JSON is the same object; an error is gone to where it stands', async () => {
  const window = await browser!.window(maker)
  const { tab } = window
  await window.go('/campaigns/DINING/edit')
  await tab.getByRole('tab', { name: 'JSON' }).click()
  const text = await tab.locator('#json').inputValue()
  const changed = JSON.parse(text) as { offers: { rule: Record<string, unknown> }[] }
  changed.offers[0]!.rule['conditions'] = { mccs: ['0000'], amount: { min: 500, max: 100 } }
  await tab.locator('#json').fill(JSON.stringify(changed))
  await tab.locator('.errors button', { hasText: '商户类别 MCC' }).click()
  await tab.locator('.ant-form-item-explain-error').first().waitFor()
  expect(await at(window, 'offers[0].rule.conditions.amount.min').inputValue()).toBe('5')
  await window.close()
})

test('two versions are compared, in fields and in sentences', async () => {
  const { body } = await maker.ask('GET', '/v1/campaigns/DINING')
  const document = body['document'] as Record<string, unknown>
  await maker.ask('PUT', '/v1/campaigns/DINING', { ...document, budget: { amount: 5_000_000 } })
  const window = await browser!.window(maker)
  await window.go('/campaigns/DINING')
  await window.tab.getByRole('link', { name: '版本比较' }).click()
  await window.tab.locator('ins', { hasText: '整个活动预算50,000元' }).waitFor()
  await window.tab.locator('del', { hasText: '整个活动预算40,000元' }).waitFor()
  await window.tab.locator('td.after', { hasText: '50000.00' }).waitFor()
  expect(await window.faults()).toEqual([])
  expect(complaintsOf(window)).toEqual([])
  await window.close()
})

test('a back-test over a file: started beside what is live, with its progress, then what it says', async () => {
  const window = await browser!.window(maker)
  const { tab } = window
  await window.go('/campaigns/DINING/backtest')
  const line = (i: number, amount: number) => ({
    ...payment(`B${i}`, { amount, card: { token: 'card-of-the-backtest' } }),
    at: `2026-12-${10 + i}T12:00:00+08:00`,
  })
  const lines = [line(1, 20_000), line(2, 5_000), line(3, 10_000)]
  await tab
    .locator('#file')
    .setInputFiles({
      name: 'payments.ndjson',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from(lines.map((one) => `${JSON.stringify(one)}\n`).join('')),
    })
  await tab.getByRole('checkbox').waitFor()
  await tab.getByRole('button', { name: '开始回测' }).click()
  await tab.getByRole('progressbar').waitFor()
  await window.tab.getByText('已算行数').waitFor()
  const pool = new Pool({ connectionString: api.url, max: 2 })
  const work = new BacktestWork(pool, 30, 10_000)
  const run = (await work.claim(Number(/\d+$/.exec(tab.url())![0])))!
  const { reports, lines: done } = await tryPayments(pool, run, {
    timeZone: 'Asia/Shanghai',
    signal: new AbortController().signal,
    onTotal: () => undefined,
    onLines: () => undefined,
    paced: (pages) => pages,
  })
  await work.finish(run, reports, done)
  await pool.end()
  await tab.getByRole('heading', { name: '结论' }).waitFor()
  await tab.getByRole('row', { name: /净优惠\s*30.00/ }).waitFor()
  await tab.getByRole('img', { name: '每天的优惠' }).waitFor()
  expect(await window.faults()).toEqual([])
  await tab.getByRole('button', { name: '与活动版本一起保存' }).click()
  await tab.getByText('已保存').waitFor()
  expect(complaintsOf(window)).toEqual([])
  await window.close()
})
