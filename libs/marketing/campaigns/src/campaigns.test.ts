import type { Campaign } from '@lijian/contracts/marketing'
import { ConfigChangeEntity, dataSource } from '@lijian/database'
import { testDatabase } from '@lijian/testing'
import type { DataSource } from 'typeorm'
import { Campaigns } from './campaigns'

let database: Awaited<ReturnType<typeof testDatabase>>
let source: DataSource
beforeAll(async () => {
  database = await testDatabase()
  source = await dataSource(database.url, { poolSize: 8 }).initialize()
})
afterAll(async () => {
  await source.destroy()
  await database.drop()
})

const campaign = (code: string, name: string): Campaign => ({
  code,
  name,
  timeZone: 'Asia/Shanghai',
  from: '2026-01-01',
  currency: 'CNY',
  paymentMode: 'postpay',
  funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
  offers: [{ code: 'A', name, kind: 'fee', rule: { benefit: { type: 'waive' } } }],
})

test('eight documents of one code sent at once become eight versions, each announced once and in order', async () => {
  const campaigns = new Campaigns(source)
  const names = Array.from({ length: 8 }, (_, n) => `name ${n}`)
  const answers = await Promise.all(names.map((name) => campaigns.put(campaign('C1', name), 'maker')))
  expect(answers.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  const changes = await source.manager.find(ConfigChangeEntity, { where: { code: 'C1' }, order: { id: 'ASC' } })
  expect(changes.map(({ kind }) => kind)).toEqual(Array.from({ length: 8 }, () => 'campaign'))
})

test('one document sent eight times at once is one version', async () => {
  const campaigns = new Campaigns(source)
  const answers = await Promise.all(Array.from({ length: 8 }, () => campaigns.put(campaign('C2', 'same'), 'maker')))
  expect(new Set(answers.map(({ version }) => version))).toEqual(new Set([1]))
})

test('two approvals at once: one goes live, nobody is checker twice', async () => {
  const campaigns = new Campaigns(source)
  await campaigns.put(campaign('C3', 'x'), 'maker')
  const answers = await Promise.all([
    campaigns.approve('C3', 'one', await campaigns.read('C3')),
    campaigns.approve('C3', 'two', await campaigns.read('C3')),
  ])
  expect(new Set(answers.map(({ checker }) => checker)).size).toBe(1)
  expect(answers.map(({ liveVersion }) => liveVersion)).toEqual([1, 1])
})

test('one document from before texts were checked stops neither the list nor the next version', async () => {
  const campaigns = new Campaigns(source)
  for (const code of ['B1', 'B2']) await campaigns.put(campaign(code, 'x'), 'maker')
  await campaigns.approve('B1', 'checker', await campaigns.read('B1'))
  await source.query(`UPDATE campaign_version SET document = $1 WHERE code = 'B1'`, [
    JSON.stringify(campaign('B1', 'a\0b\ud800')),
  ])
  const { campaigns: lines } = await campaigns.list({ after: 'B', limit: 2 })
  expect(lines.map(({ code, name }) => [code, name])).toEqual([
    ['B1', 'ab'],
    ['B2', 'x'],
  ])
  await campaigns.put(campaign('B1', 'right'), 'maker')
  expect(await campaigns.approve('B1', 'checker', await campaigns.read('B1'))).toMatchObject({ liveVersion: 2 })
})

test('a list says of each campaign what reading it says, without its document', async () => {
  const campaigns = new Campaigns(source)
  for (const code of ['L1', 'L10', 'L2']) await campaigns.put(campaign(code, `campaign ${code}`), 'maker')
  await campaigns.approve('L1', 'checker', await campaigns.read('L1'))
  await campaigns.put(campaign('L1', 'another version'), 'maker')
  for (const ref of ['L1', 'L1/A', 'L10/A'])
    await source.query('INSERT INTO suspension (ref, suspended_by) VALUES ($1, $2)', [ref, 'ann'])
  const { campaigns: lines, next } = await campaigns.list({ after: 'L', limit: 2 })
  expect(next).toBe('L10')
  const read = await Promise.all(['L1', 'L10'].map((code) => campaigns.read(code)))
  const shown = { from: '2026-01-01', live: false }
  expect(lines).toEqual(
    read.map(({ document: _document, promise: _promise, proposal: _proposal, hash: _hash, ...line }) => ({
      ...line,
      ...shown,
    })),
  )
  expect(lines[0]).toMatchObject({ version: 2, liveVersion: 1, suspensions: [{ ref: 'L1' }, { ref: 'L1/A' }] })
  expect(await campaigns.list({ after: 'L10', limit: 500 })).toMatchObject({
    campaigns: [{ code: 'L2', suspensions: [] }],
  })
})

test('a campaign goes live only with funders of its currency, and keeps it', async () => {
  const campaigns = new Campaigns(source)
  await source.query(`INSERT INTO partner (code, name, currency) VALUES ('YBANK', 'y', 'JPY'), ('CBANK', 'c', 'CNY')`)
  const put = (code: string, currency: string, partner: string) =>
    campaigns.put({ ...campaign(code, 'x'), currency, funders: [{ partner, sharePpm: 1_000_000 }] }, 'maker')
  await put('Y1', 'JPY', 'CBANK')
  await expect(campaigns.approve('Y1', 'checker', await campaigns.read('Y1'))).rejects.toThrow('Campaign Y1 is in JPY, and its funder CBANK is in CNY: name partners whose currency is JPY') // prettier-ignore
  await put('Y1', 'JPY', 'NOBODY')
  await expect(campaigns.approve('Y1', 'checker', await campaigns.read('Y1'))).rejects.toThrow(
    'NOBODY has no document and so is in CNY',
  )
  await put('Y1', 'CNY', 'YBANK')
  await expect(campaigns.approve('Y1', 'checker', await campaigns.read('Y1'))).rejects.toThrow('Campaign Y1 is in CNY, and its funder YBANK is in JPY') // prettier-ignore
  const own = { ...campaign('Y1', 'x'), currency: 'JPY', funders: [{ partner: '@merchant', sharePpm: 1_000_000 }] }
  await campaigns.put({ ...own, offers: [{ ...own.offers[0]!, funders: [{ partner: 'CBANK', sharePpm: 1_000_000 }] }] }, 'maker') // prettier-ignore
  await expect(campaigns.approve('Y1', 'checker', await campaigns.read('Y1'))).rejects.toThrow(
    'its funder CBANK is in CNY',
  )
  await put('Y1', 'JPY', 'YBANK')
  expect((await campaigns.approve('Y1', 'checker', await campaigns.read('Y1'))).liveVersion).toBe(5)
  await expect(put('Y1', 'CNY', 'CBANK')).rejects.toThrow('Campaign Y1 is in JPY, and its counters with it')
})

test('a new campaign belongs to the branch of whoever makes it, and stays there; a copy to that of whoever copies', async () => {
  const campaigns = new Campaigns(source)
  await source.query(`INSERT INTO branch VALUES ('east', 'East', 'head-office'), ('west', 'West', 'head-office')`)
  expect(await campaigns.put(campaign('BR', 'x'), 'maker', undefined, { branch: 'east' })).toMatchObject({
    branch: 'east',
  })
  expect(await campaigns.put(campaign('BR', 'y'), 'maker', undefined, { branch: 'west' })).toMatchObject({
    branch: 'east',
  })
  expect(await campaigns.put(campaign('BK', 'x'), 'maker')).toMatchObject({ branch: 'head-office' })
  expect(await campaigns.copy('BR', { code: 'BR-2' }, 'maker')).toMatchObject({ branch: 'east' })
  expect(await campaigns.copy('BR', { code: 'BR-3' }, 'maker', 'west')).toMatchObject({ branch: 'west' })
  const { campaigns: lines } = await campaigns.list({ branch: 'east', limit: 50 })
  expect(lines.map(({ code }) => code)).toEqual(['BR', 'BR-2'])
})
