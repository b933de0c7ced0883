import { ConsoleBrowser, type ConsoleWindow } from './testing/browser'
import { campaign, merchant } from './testing/documents'
import { Page } from './testing/page'
import { ByHand } from './testing/report-files'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let browser: ConsoleBrowser | undefined
let reports: ByHand
let finance: Page
let operator: Page
beforeAll(async () => {
  api = await testApi()
  browser = await ConsoleBrowser.open(api)
  reports = new ByHand(api)
  finance = await Page.of(api, 'qian.qi', ['finance-maker'])
  operator = await Page.of(api, 'li.si', ['operator'])
  await api.agreed('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.agreed('maker', 'PUT', '/v1/partners/CCB', { name: '建设银行' })
  await operator.ask('PUT', '/v1/card-groups/VIP', { code: 'VIP', name: 'VIP', bins: ['622166'] })
  for (const code of ['CCB', 'CCB-DINING'])
    expect((await operator.ask('PUT', `/v1/campaigns/${code}`, campaign({ code }, { code: `${code}-F` }))).status).toBe(
      200,
    )
})
afterAll(async () => {
  await browser?.close()
  await reports?.sql.end()
  await api.stop()
})

/** Nothing that axe finds, nothing of which the browser complains. */
async function isClean(window: ConsoleWindow) {
  expect(await window.faults()).toEqual([])
  expect(window.complaints).toEqual([])
}

test('finance reads a report as a page, has it made as a file, sees it made, and downloads it', async () => {
  const window = await browser!.window(finance)
  const { tab } = window
  await window.go('/reports')
  await isClean(window)
  await tab.getByRole('main').getByRole('link', { name: /^商户/ }).first().click()
  await tab.getByRole('tab').first().waitFor()
  // The dates that nobody has chosen stand in the address from now on.
  await tab.waitForURL(/from=\d{4}-\d\d-\d\d.*to=\d{4}-\d\d-\d\d|to=.*from=/)
  await tab.getByText('这些日期没有记录').waitFor()
  await isClean(window)
  await tab.getByLabel('开始日期').fill('2026-11-01')
  await tab.getByLabel('开始日期').press('Enter')
  await tab.waitForURL(/from=2026-11-01/)
  await tab.getByRole('button', { name: 'CSV' }).click()
  await tab.waitForURL(/\/report-runs\/\d+/)
  await tab.getByText('正在生成').first().waitFor()
  await isClean(window)
  await reports.finish(Number(/\d+$/.exec(tab.url())![0]))
  const coming = tab.waitForEvent('download')
  await tab.getByRole('button', { name: /^下载/ }).click()
  expect((await coming).suggestedFilename()).toMatch(/\.csv$/)
  await tab.getByRole('link', { name: '在页面上看这份报表' }).click()
  await tab.waitForURL(/\/reports\/.*from=2026-11-01/)
  await window.close()
})

test('a report that needs a campaign says so, and shows its charts once it has one', async () => {
  const window = await browser!.window(operator, { locale: 'en', isDark: true })
  const { tab } = window
  await window.go('/reports/campaign-effect')
  await tab.getByText('English').click()
  await tab.getByText('Enter first: Campaign').waitFor()
  await tab.getByLabel('Campaign', { exact: true }).fill('CCB')
  await tab.getByLabel('Campaign', { exact: true }).press('Enter')
  await tab.getByText('Enter first').waitFor({ state: 'detached' })
  await tab.getByRole('tab', { name: 'Days' }).click()
  await tab.locator('figure.chart').first().waitFor()
  await isClean(window)
  // What the person may not read is told like what does not exist.
  await window.go('/reports/audit')
  await tab.getByText('This report does not exist, or you may not read it').waitFor()
  await window.close()
})

test('a schedule is made in a form, ended, and begun again', async () => {
  const window = await browser!.window(finance)
  const { tab } = window
  await window.go('/report-schedules')
  await tab.getByRole('button', { name: '新建定时报表' }).click()
  const dialog = tab.getByRole('dialog')
  await dialog.getByLabel('编码').fill('CCB-DAILY')
  await dialog.getByLabel('报表').click()
  await tab.locator('.ant-select-item-option').first().click()
  await isClean(window)
  await dialog.getByRole('button', { name: '新建定时报表' }).click()
  await dialog.waitFor({ state: 'detached' })
  const row = tab.getByRole('row', { name: /CCB-DAILY/ })
  await row.getByRole('button', { name: '停止' }).click()
  await tab.getByRole('dialog').getByRole('button', { name: '停止' }).click()
  await row.getByRole('button', { name: '重新启用' }).click()
  await tab.getByRole('dialog').getByRole('button', { name: '重新启用' }).click()
  await row.getByRole('button', { name: '停止' }).waitFor()
  expect((await finance.ask('GET', '/v1/report-schedules')).body).toMatchObject({
    schedules: [{ code: 'CCB-DAILY', range: 'yesterday', at: '07:30', when: { every: 'day' }, active: true }],
  })
  await isClean(window)
  await window.close()
})

test('Ctrl K finds a page by its name and a campaign by how it begins, by keys alone', async () => {
  const window = await browser!.window(operator)
  const { tab } = window
  await window.go('/')
  await tab.keyboard.press('Control+k')
  const box = tab.getByRole('combobox', { name: '搜索' })
  await box.fill('CCB-D')
  await tab.getByRole('option', { name: /CCB-DINING/ }).waitFor()
  await isClean(window)
  await box.press('Enter')
  await tab.waitForURL(/\/campaigns\/CCB-DINING$/)
  await tab.keyboard.press('Control+k')
  await box.fill('规则模版')
  await tab.getByRole('option', { name: /规则模版/ }).waitFor()
  await tab.getByRole('option', { selected: true }).waitFor()
  await tab.waitForLoadState('networkidle')
  await box.press('Enter')
  await tab.waitForURL(/\/rule-templates$/)
  await tab.keyboard.press('Control+k')
  await box.fill('<script>NOTHING')
  await tab.getByText('没有以此开头的编号或名称').waitFor()
  await box.press('Escape')
  await box.waitFor({ state: 'detached' })
  expect(window.complaints).toEqual([])
  await window.close()
})

test('a view keeps the filters of a list, another person opens the shared one, and its owner removes it', async () => {
  const name = '待复核 <b>'
  const window = await browser!.window(operator)
  const { tab } = window
  await window.go('/campaigns?q=CCB')
  await tab.getByRole('button', { name: '视图' }).click()
  await tab.getByRole('menuitem', { name: '保存当前视图' }).click()
  const dialog = tab.getByRole('dialog')
  await dialog.getByLabel('名称').fill(name)
  await dialog.getByLabel('共享给所有人').check()
  await isClean(window)
  await dialog.getByRole('button', { name: '保存当前视图' }).click()
  await tab.getByRole('button', { name: `视图 ${name}` }).waitFor()

  const reviewer = await browser!.window(await Page.of(api, 'wang.wu', ['reviewer']))
  await reviewer.go('/campaigns')
  await reviewer.tab.getByRole('button', { name: '视图' }).click()
  await reviewer.tab.getByRole('menuitem', { name }).click()
  await reviewer.tab.waitForURL(/q=CCB/)
  await reviewer.tab.getByRole('button', { name: `视图 ${name}` }).click()
  expect(await reviewer.tab.getByRole('menuitem', { name: /^删除视图/ }).count()).toBe(0)
  await reviewer.close()

  await tab.getByRole('button', { name: `视图 ${name}` }).click()
  await tab.getByRole('menuitem', { name: /^删除视图/ }).click()
  await tab.getByRole('dialog').getByRole('button', { name: '删除视图' }).click()
  await tab.getByRole('dialog').waitFor({ state: 'detached' })
  await tab.getByRole('button', { name: '视图', exact: true }).waitFor()
  expect((await operator.ask('GET', '/v1/me/views')).body).toEqual({ views: [] })
  await isClean(window)
  await window.close()
})

test('rows of a list are walked by j and k, and Enter opens one', async () => {
  const window = await browser!.window(operator)
  const { tab } = window
  await window.go('/campaigns')
  await tab.getByRole('link', { name: 'CCB-DINING' }).waitFor()
  await tab.keyboard.press('j')
  await tab.keyboard.press('j')
  const second = await tab.evaluate(
    () =>
      (globalThis as unknown as { document: { activeElement: { textContent: string } } }).document.activeElement
        .textContent,
  )
  await tab.keyboard.press('k')
  await tab.keyboard.press('j')
  await tab.keyboard.press('Enter')
  await tab.waitForURL(new RegExp(`/campaigns/${second}$`))
  expect(window.complaints).toEqual([])
  await window.close()
})
