import { until } from '@lijian/testing'
import { Pool } from 'pg'
import { ConsoleBrowser, type ConsoleWindow } from './testing/browser'
import { campaign, merchant } from './testing/documents'
import { Page } from './testing/page'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let browser: ConsoleBrowser | undefined
const people = {} as Record<'operator' | 'reviewer' | 'financeMaker' | 'financeChecker' | 'risk' | 'admin', Page>
beforeAll(async () => {
  api = await testApi()
  browser = await ConsoleBrowser.open(api)
  people.operator = await Page.of(api, 'li.si', ['operator'])
  people.reviewer = await Page.of(api, 'wang.wu', ['reviewer'])
  people.financeMaker = await Page.of(api, 'qian.qi', ['finance-maker'])
  people.financeChecker = await Page.of(api, 'sun.ba', ['finance-checker'])
  people.risk = await Page.of(api, 'zhou.jiu', ['risk'])
  people.admin = await Page.of(api, 'wu.shi', ['administrator'])
  await api.agreed('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.agreed('maker', 'PUT', '/v1/partners/CCB', { name: '建设银行' })
  expect((await people.operator.ask('PUT', '/v1/campaigns/CCB', campaign())).status).toBe(200)
})
afterAll(async () => {
  await browser?.close()
  await api.stop()
})

/** Something that went wrong with money. */
async function aCase(): Promise<string> {
  const pool = new Pool({ connectionString: api.url, max: 1 })
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO reconciliation_case (kind, client, serial, amount_fen, paid_fen)
     VALUES ('paid_mismatch', 'system', 'MISPAID-1', 10000, 9000) RETURNING id`,
  )
  await pool.end()
  return rows[0]!.id
}

/** Opens a dialog by its button. */
async function open({ tab }: ConsoleWindow, name: string) {
  await tab.getByRole('button', { name, exact: true }).click()
  const dialog = tab.getByRole('dialog')
  await dialog.waitFor()
  return dialog
}
/** Nothing that axe finds, nothing of which the browser complains. `refusals`: the API has refused, and the browser tells of each. */
async function isClean(window: ConsoleWindow, refusals?: RegExp) {
  expect(await window.faults()).toEqual([])
  expect(window.complaints.filter((one) => refusals === undefined || !refusals.test(one))).toEqual([])
}

test('finance enters a receipt in yuan, a wrong one is told at its field; another person approves it, and the balance moves', async () => {
  const window = await browser!.window(people.financeMaker)
  await window.go('/partners/CCB')
  const dialog = await open(window, '登记入款')
  await dialog.getByLabel('金额').fill('12,345.678')
  await dialog.getByLabel('起息日').fill('2026-11-24')
  await dialog.getByLabel('银行流水号').fill('CCB-0001')
  await dialog.getByLabel('凭证').fill('receipts/0001.pdf')
  await dialog.getByRole('button', { name: '登记入款' }).click()
  await dialog.locator('.ant-form-item-explain-error').waitFor()
  await isClean(window, /400/)
  await dialog.getByLabel('金额').fill('12,345.67')
  await dialog.getByRole('button', { name: '登记入款' }).click()
  await dialog.getByText('等待他人审核').waitFor()
  await isClean(window, /400/)
  await dialog.getByRole('link', { name: /查看审核事项/ }).click()
  await window.tab.getByText('这是您自己提交的，须由他人审核').waitFor()
  expect(await window.tab.getByRole('button', { name: '批准并立即生效' }).isDisabled()).toBe(true)
  await window.close()

  const other = await browser!.window(people.financeChecker)
  await other.go('/approvals?mine=waiting&kind=receipt')
  await other.tab.getByRole('link', { name: /^\d+$/ }).first().click()
  await other.tab.getByText('12345.67').first().waitFor()
  await other.tab.getByRole('button', { name: '批准并立即生效' }).click()
  await other.tab.getByText('已批准').first().waitFor()
  await other.go('/partners')
  await other.tab.getByText('12,345.67').first().waitFor()
  // Who checks money enters none.
  await other.go('/partners/CCB')
  expect(await other.tab.getByRole('button', { name: '登记入款' }).count()).toBe(0)
  await isClean(other)
  await other.close()
})

test('a case is resolved by two: the one who proposes it cannot approve it, and reads why', async () => {
  const id = await aCase()
  const window = await browser!.window(people.financeMaker)
  await window.go(`/cases/${id}`)
  await window.tab.getByText('MISPAID-1').first().waitFor()
  await window.tab.getByRole('button', { name: '由我负责' }).click()
  await window.tab.getByRole('dialog').getByRole('button', { name: '由我负责' }).click()
  await window.tab.getByText('qian.qi').first().waitFor()
  const dialog = await open(window, '处理')
  await dialog.getByLabel('处理方式').click()
  await window.tab.getByTitle('按现状接受').click()
  await dialog.getByLabel('原因').fill('已与渠道核对')
  await dialog.getByLabel('凭证').fill('cases/0001.pdf')
  expect(await window.faults()).toEqual([])
  await dialog.getByRole('button', { name: '处理' }).click()
  await dialog.getByRole('link', { name: /查看审核事项/ }).click()
  await window.tab.getByText('这是您自己提交的，须由他人审核').waitFor()
  expect(await window.tab.getByRole('button', { name: '批准并立即生效' }).isDisabled()).toBe(true)
  const address = window.tab.url()
  await window.go(`/cases/${id}`)
  expect(await window.tab.getByRole('button', { name: '处理' }).isDisabled()).toBe(true)
  await window.tab.getByText('已有处理方案等待审核').waitFor()
  await isClean(window)
  await window.close()

  const other = await browser!.window(people.financeChecker)
  await other.go(new URL(address).pathname.replace('/console', ''))
  await other.tab.getByRole('button', { name: '批准并立即生效' }).click()
  await other.tab.getByText('已批准').first().waitFor()
  await other.go(`/cases/${id}`)
  await other.tab.getByText('已结').first().waitFor()
  await other.close()
})

test('one who has proposed takes it back', async () => {
  await people.financeMaker.ask('POST', '/v1/partners/CCB/credit-line', { creditLine: 100, reason: 'wrong' })
  const window = await browser!.window(people.financeMaker)
  await window.go('/approvals?mine=made&kind=credit_line&state=proposed')
  await window.tab.getByRole('link', { name: /^\d+$/ }).first().click()
  const dialog = await open(window, '撤回')
  await dialog.getByRole('button', { name: '撤回' }).click()
  await window.tab.getByText('已撤回').first().waitFor()
  await isClean(window)
  await window.close()
})

test('risk stops a channel with one click, sees it among what is suspended, and two let it go on', async () => {
  const routing = {
    timeZone: 'Asia/Shanghai',
    channels: [{ code: 'CH-A' }],
    mids: [{ code: 'MID-1', channel: 'CH-A', allowedMerchants: ['M0001'] }],
    pools: [{ code: 'P', mids: ['MID-1'] }],
    merchants: [{ merchant: 'M0001', routes: [{ method: 'qr', type: 'scan', pools: ['P'] }] }],
  }
  expect(await api.agreed('maker', 'PUT', '/v1/routing', routing)).toMatchObject({ status: 200 })
  const window = await browser!.window(people.risk, { locale: 'en' })
  await window.go('/suspensions')
  await window.tab.getByText('English').first().click()
  const dialog = await open(window, 'Suspend a part')
  await dialog.getByLabel('Code').fill('CH-A')
  await dialog.getByRole('button', { name: 'Suspend a part' }).click()
  await window.tab.getByText('@route/channel/CH-A').waitFor()
  await window.tab.getByRole('button', { name: 'Resume' }).click()
  await window.tab.getByRole('dialog').getByRole('button', { name: 'Resume' }).click()
  await window.tab.getByText('Another person resumes it').first().waitFor()
  await isClean(window)
  await window.close()
  expect((await people.risk.ask('POST', '/v1/routing/channels/CH-A/suspend', {})).body).toMatchObject({
    state: 'suspended',
  })
})

const LINES = 100_000
test('100,000 merchants come from a file; the bar shows how far, also after the page was loaded again', async () => {
  const lines = Array.from({ length: LINES }, (_, i) => JSON.stringify({ id: `IMP-${i}`, name: `商户 ${i}`, mcc: '5812', region: '310000' })) // prettier-ignore
  const window = await browser!.window(people.operator)
  await window.go('/merchants')
  const dialog = await open(window, '导入商户')
  const buffer = Buffer.from(`${lines.join('\n')}\n`)
  await dialog.getByLabel('文件').setInputFiles({ name: 'merchants.ndjson', mimeType: 'application/x-ndjson', buffer })
  await dialog.getByRole('button', { name: '导入商户' }).click()
  await dialog.getByRole('progressbar').waitFor()
  await window.go('/merchants')
  await window.tab.getByRole('progressbar').waitFor()
  expect(await window.faults()).toEqual([])
  // Ended meanwhile or not: what the page saw under way stays.
  await window.tab.getByRole('link', { name: /^导入 \d+$/ }).click()
  await window.tab.getByText('完成').first().waitFor({ timeout: 120_000 })
  expect((await people.operator.ask('GET', '/v1/imports')).body).toMatchObject({
    imports: [{ state: 'done', accepted: LINES }],
  })
  await isClean(window)
  await window.close()
}, 240_000)

test('an administrator makes a person; the code is shown this once', async () => {
  const window = await browser!.window(people.admin)
  await window.go('/persons')
  const dialog = await open(window, '新建人员')
  await dialog.getByLabel('登录名').fill('feng.shiyi')
  await dialog.getByLabel('名称').fill('冯十一')
  await dialog.getByLabel('分公司').click()
  await window.tab.getByTitle(/head-office/).click()
  await dialog.getByLabel('角色').fill('risk')
  await window.tab.getByTitle(/\(risk\)/).click()
  await window.tab.keyboard.press('Escape')
  // antd draws a listbox without a name while it is open.
  await until(async () => (await window.tab.locator('.ant-select-dropdown:visible').count()) === 0)
  expect(await window.faults()).toEqual([])
  await dialog.getByRole('button', { name: '新建人员' }).click()
  await dialog.getByText('等待他人审核').waitFor()
  const { body } = await people.admin.ask('GET', '/v1/approvals?mine=made&kind=person')
  const [made] = body['approvals'] as { id: number; hash: string }[]
  const approved = await api.ask('admin2', 'POST', `/v1/proposals/${made!.id}/approve`, { hash: made!.hash })
  expect(approved.status).toBe(200)
  const { body: found } = await people.admin.ask('GET', '/v1/persons?q=feng.shiyi')
  const [person] = found['persons'] as { id: string }[]
  await window.go(`/persons/${person!.id}`)
  const codes = await open(window, '生成激活码')
  await codes.getByRole('button', { name: '生成激活码' }).click()
  await codes.getByText('只显示这一次').waitFor()
  expect(await codes.locator('code').first().innerText()).toMatch(/\S{10,}/)
  await isClean(window)
  await window.close()
})
