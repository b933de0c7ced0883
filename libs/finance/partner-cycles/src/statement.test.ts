import { createHash } from 'node:crypto'
import { CycleStage } from './testing/stage'

let stage: CycleStage
beforeAll(async () => {
  stage = await CycleStage.open()
  await stage.close('2029-12-31')
  await stage.partner('CCB')
})
afterAll(() => stage.shut())

async function text(id: number, only = {}): Promise<string> {
  const { pieces } = await stage.cycles.statement(id, only)
  let all = ''
  for await (const piece of pieces) all += piece
  return all
}

test('the statement is the same file whenever it is made, safe in a spreadsheet, in parts by campaign', async () => {
  await stage.campaign('M', 'CCB', 'month', '2030-01-01')
  await stage.campaign('N', 'CCB', 'month', '2030-01-01')
  await stage.post('2030-01-01', { campaign: 'M', fen: 1_050, othersFen: 450, serial: 'A', name: '=1+1' })
  await stage.post('2030-01-02', { campaign: 'N', fen: 5, serial: 'B', name: '满100, "减"5' })
  await stage.post('2030-01-03', { campaign: 'M', fen: 50, serial: 'C', event: 'refund' })
  // More rows than one page of the cursor.
  await stage.pool.query(
    `INSERT INTO journal (business_date, event, client, serial, merchant, detail, accounts, amounts_fen)
     SELECT '2030-01-04', 'capture', 'T', 'X' || n, 'M1', detail, accounts, amounts_fen FROM journal, generate_series(1, 4100) n WHERE serial = 'B'`,
  )
  await stage.close('2030-01-31')
  await stage.cycles.issueDue()
  const { id, statement } = (await stage.cycles.list({ limit: 1 })).cycles[0]!
  const file = await text(id)
  const lines = file.split('\r\n')
  expect(lines.slice(0, 4)).toEqual([
    '\uFEFFbusiness_date,event,serial,original_serial,merchant,campaign,version,offer,offer_name,kind,delivery,payment_mode,payment_method,amount,discount,share',
    "2030-01-01,capture,A,,M1,M,1,M-O,'=1+1,amount,instant,postpay,qr,100.00,15.00,10.50",
    '2030-01-02,capture,B,,M1,N,1,N-O,"满100, ""减""5",amount,instant,postpay,qr,100.00,0.05,0.05',
    '2030-01-03,refund,C,,M1,M,1,M-O,满减,amount,instant,postpay,qr,100.00,-0.50,-0.50',
  ])
  expect(lines.slice(-2)).toEqual(['total,,,,,,,,,,,,,,,215.05', ''])
  expect(lines).toHaveLength(4_103 + 3)
  expect(statement).toEqual({ rows: 4_103, sha256: createHash('sha256').update(file).digest('hex') })
  expect(await text(id)).toBe(file)
  expect((await text(id, { campaign: 'M' })).split('\r\n')).toHaveLength(5)
  expect((await text(id, { offer: 'NONE' })).split('\r\n').at(-2)).toBe('total,,,,,,,,,,,,,,,0.00')
})
