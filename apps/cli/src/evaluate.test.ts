import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(__dirname, '..', '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'lijian-offline-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const CAMPAIGN = {
  code: 'C1',
  name: '满100减15',
  timeZone: 'Asia/Shanghai',
  from: '2026-01-01',
  paymentMode: 'postpay',
  funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
  offers: [
    {
      code: 'O1',
      name: '满100减15',
      kind: 'amount',
      budget: { count: 2 },
      merchants: ['M1'],
      rule: {
        benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] },
        refund: { policy: 'proportional', restore: { count: true } },
      },
    },
  ],
}

// A program that finds itself in a jest worker waits to be called.
const { JEST_WORKER_ID: _, ...ENV } = process.env

/** The command as a user runs it, with its input on stdin when it asks for `-`. */
function lijian(args: string[], input = ''): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'apps', 'cli', 'dist', 'cli.js'), ...args], {
      cwd: folder,
      env: ENV,
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.end(input)
  })
}

const file = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  return name
}
const pay = (serial: string, changed: object = {}) => ({
  serial,
  merchant: 'M1',
  amount: 10_000,
  paymentMethod: 'qr',
  at: '2026-11-23T12:00:00+08:00',
  ...changed,
})
const lines = (...entries: object[]): string => entries.map((entry) => JSON.stringify(entry)).join('\n')
const evaluate = (input: string, ...more: string[]) =>
  lijian(['evaluate', '--campaigns', file('campaign.json', CAMPAIGN), '--payments', '-', ...more], input)
const parsed = (out: string) => out.trim().split('\n').map((line) => JSON.parse(line) as Record<string, any>) // prettier-ignore

test('the help says defaults in words: the key of the draws is no Buffer', async () => {
  const { code, out } = await lijian(['evaluate', '--help'])
  expect(code).toBe(0)
  expect(out).toMatch(/--draw-key <hex>\s+key of the draws, 64 hexadecimal digits \(default:\s+zeros\)/)
  expect(out).not.toContain('Buffer')
})

test('one line for each line: states, figures and reasons', async () => {
  const refund = { event: 'refund', originalSerial: 'A', serial: 'R1', amount: 4_000, at: '2026-11-24T12:00:00+08:00' }
  const { code, out } = await evaluate(
    lines(
      pay('A'),
      pay('F', { outcome: 'failure' }),
      pay('B'),
      pay('C'),
      pay('X', { merchant: 'M2' }),
      refund,
      { ...refund, serial: 'R2', amount: 6_000 },
      pay('D'),
      { event: 'void', originalSerial: 'B', serial: 'V1' },
      { event: 'reversal', originalSerial: 'B', serial: 'V2' },
      { event: 'reversal', originalSerial: 'NOBODY', serial: 'V3' },
      pay('A', { amount: 20_000 }),
      pay('A'),
    ),
  )
  expect(code).toBe(0)
  const answers = parsed(out)
  expect(answers.map(({ serial, state, discount, payable }) => [serial, state, discount, payable])).toEqual([
    ['A', 'confirmed', 1_500, 8_500],
    ['F', 'cancelled', 1_500, 8_500],
    ['B', 'confirmed', 1_500, 8_500],
    ['C', 'no_offer', 0, 10_000],
    ['X', 'no_offer', 0, 10_000],
    ['R1', 'partially_refunded', 600, 3_400],
    ['R2', 'refunded', 900, 5_100],
    ['D', 'confirmed', 1_500, 8_500],
    ['V1', 'voided', 1_500, 8_500],
    ['V2', 'refused', undefined, undefined],
    ['V3', 'refused', undefined, undefined],
    ['A', 'error', undefined, undefined],
    ['A', 'confirmed', 1_500, 8_500],
  ])
  expect(answers[3]!['reasons']).toMatchObject([{ offer: 'O1', reason: 'budget_exhausted', usedCount: 2 }])
  expect(answers[4]!['reasons']).toEqual([])
  expect(answers.slice(9, 12).map(({ reason, error }) => (reason ?? error) as string)).toEqual([
    'already_reversed',
    'unknown_original',
    'serial_reused',
  ])
  expect(answers[12]).toEqual(answers[0])
})

test('--explain names every offer; --out gets its name when it is whole', async () => {
  const { code, out } = await evaluate(lines(pay('X', { merchant: 'M2' })), '--explain', '--out', 'answers.ndjson')
  expect([code, out]).toEqual([0, ''])
  const [answer] = parsed(readFileSync(join(folder, 'answers.ndjson'), 'utf8'))
  expect(answer!['reasons']).toEqual([{ offer: 'O1', reason: 'merchant_not_bound' }])
  expect(existsSync(join(folder, 'answers.ndjson.part'))).toBe(false)
})

test.each`
  _case                    | line                                                                                                   | says
  ${'not JSON'}            | ${'{"serial":'}                                                                                        | ${/^lijian: -:2: not JSON/}
  ${'an unknown key'}      | ${JSON.stringify(pay('B', { colour: 1 }))}                                                             | ${/^lijian: -:2: colour: unknown key "colour"\n/}
  ${'a missing instant'}   | ${JSON.stringify({ ...pay('B'), at: undefined })}                                                      | ${/^lijian: -:2: at: expected an instant/}
  ${'a negative amount'}   | ${JSON.stringify(pay('B', { amount: -1 }))}                                                            | ${/^lijian: -:2: amount: expected at least 1\n/}
  ${'more eligible'}       | ${JSON.stringify(pay('B', { eligibleAmount: 10_001 }))}                                                | ${/^lijian: -:2: eligibleAmount: is more than "amount": expected at most that\n/}
  ${'… in a refund'}       | ${JSON.stringify({ event: 'refund', originalSerial: 'A', serial: 'R', amount: 5, eligibleAmount: 6 })} | ${/^lijian: -:2: eligibleAmount: is more than "amount"/}
  ${'an event nobody has'} | ${JSON.stringify({ event: 'undo', serial: 'R' })}                                                      | ${/^lijian: -:2: event: expected one of/}
`('bad input: $_case: exit code 2, one line with its number', async ({ line, says }) => {
  const { code, err } = await evaluate(`${JSON.stringify(pay('A'))}\n${line as string}\n`, '--out', 'never.ndjson')
  expect(code).toBe(2)
  expect(err).toMatch(says)
  expect(err.trim().split('\n')).toHaveLength(1)
  expect(existsSync(join(folder, 'never.ndjson'))).toBe(false)
})

test.each`
  out                    | says
  ${'nowhere/out.json'}  | ${/^lijian: nowhere\/out\.json: cannot be written: ENOENT/}
  ${'.'}                 | ${/^lijian: \.: is a folder; expected the name of a file to write\n/}
  ${'./campaign.json'}   | ${/^lijian: \.\/campaign\.json: is read by this command; give what is written another name\n/}
  ${'pay.ndjson'}        | ${/^lijian: pay\.ndjson: is read by this command/}
  ${'merchants-of.json'} | ${/^lijian: merchants-of\.json: is read by this command/}
`('--out $out: exit code 2, one line, and every file as it was', async ({ out, says }) => {
  file('campaign.json', CAMPAIGN)
  file('pay.ndjson', lines(pay('A')))
  file('merchants-of.json', [{ id: 'M1', name: 'm' }])
  const read = ['--campaigns', 'campaign.json', '--payments', 'pay.ndjson', '--merchants', 'merchants-of.json']
  const answer = await lijian(['evaluate', ...read, '--out', out as string])
  expect(answer.code).toBe(2)
  expect(answer.err).toMatch(says)
  expect(answer.err.trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(readFileSync(join(folder, 'campaign.json'), 'utf8'))).toEqual(CAMPAIGN)
  expect(readFileSync(join(folder, 'pay.ndjson'), 'utf8')).toBe(lines(pay('A')))
  expect(existsSync(join(folder, `${out as string}.part`))).toBe(false)
})

test('groups that rules name and no file has are said: their list would be empty without a word', async () => {
  const conditions = { binGroups: ['G1'], cardBlacklists: ['LOST', 'G1'], customerGroups: ['INVITED'] }
  const { offers: [offer] } = CAMPAIGN // prettier-ignore
  file('groups.json', { ...CAMPAIGN, offers: [{ ...offer, rule: { ...offer!.rule, conditions } }] })
  const known = ['--card-groups', file('g1.json', [{ code: 'G1', bins: ['62'], cards: [] }])]
  const { code, err } = await lijian(
    ['evaluate', '--campaigns', 'groups.json', '--payments', '-', ...known],
    lines(pay('A')),
  )
  expect(code).toBe(0)
  expect(err.split('\n').filter((line) => line.startsWith('groups.json'))).toEqual([
    'groups.json: card group LOST (O1) is in no --card-groups file and counts as empty',
    'groups.json: customer group INVITED (O1) is in no --customer-groups file and counts as empty',
  ])
})

test('bad input after many lines, while earlier answers are still being written: one line all the same', async () => {
  const many = Array.from({ length: 30_000 }, (_, n) => pay(`N${n}`, { merchant: 'M2' }))
  const { code, err } = await evaluate(`${lines(...many)}\n{"serial":\n`, '--out', 'never.ndjson')
  expect(err.replaceAll(/^.*\/s\n/gm, '')).toMatch(/^lijian: -:30001: not JSON: .*\n$/)
  expect(code).toBe(2)
  expect(existsSync(join(folder, 'never.ndjson.part'))).toBe(false)
})

test('bad documents: every error, in English and Chinese, exit code 2', async () => {
  file('bad.json', { ...CAMPAIGN, from: '2026-02-30', colour: 1 })
  const { code, err } = await lijian(['check', 'bad.json'])
  expect(code).toBe(2)
  expect(err).toContain('bad.json: from: expected a date such as "2026-10-01", found "2026-02-30" (应为日期')
  expect(err).toContain('bad.json: colour: unknown key "colour" (未知的键 "colour")')
})

test('what is missing is said', async () => {
  expect(await lijian(['check', 'nothing.json'])).toMatchObject({
    code: 2,
    err: 'lijian: nothing.json: no such file or folder\n',
  })
  const { code, err } = await lijian(['evaluate', '--campaigns', 'campaign.json'])
  expect([code, err]).toEqual([2, "lijian: required option '--payments <file>' not specified\n"])
})

test('twenty thousand lines over the borders of chunks, and refunds of the first of them', async () => {
  const many = Array.from({ length: 20_000 }, (_, n) =>
    pay(`N${n}`, { merchant: n % 2 === 0 ? 'M2' : 'M3', customer: '麦' }),
  )
  const { out } = await evaluate(
    lines(pay('A'), ...many, { event: 'refund', originalSerial: 'A', serial: 'R1', amount: 10_000 }),
  )
  const answers = parsed(out)
  expect(answers).toHaveLength(20_002)
  expect(new Set(answers.map(({ serial }) => serial as string)).size).toBe(20_002)
  expect(answers.at(-1)).toMatchObject({ serial: 'R1', state: 'refunded', payable: 8_500, discount: 1_500 })
})
