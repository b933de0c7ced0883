import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { forkSource } from '@lijian/testing'
import { once } from 'node:events'
import { Stage } from './testing/stage'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage.close())

const DATE = '2026-10-26'
const NAME = `main_amount_20261026_v1.csv`
const staged = () => join(stage.dir, '.staging', NAME)
const published = () => join(stage.dir, 'main', NAME)

/** Enough rows that a file is not written at once. */
async function manyRows(count: number): Promise<void> {
  await stage.post({ date: DATE, serial: 'S0' })
  await stage.pool.query(
    `INSERT INTO journal (business_date, event, client, serial, merchant, clearing_system, detail, accounts, amounts_fen)
     SELECT j.business_date, j.event, j.client, 'S' || n, j.merchant, j.clearing_system, j.detail, j.accounts, j.amounts_fen
     FROM journal j, generate_series(1, $1::int) n`,
    [count],
  )
}

async function fileId(): Promise<number> {
  return (await stage.runs.current(DATE)).body.files.find(({ kind }) => kind === 'amount')!.id
}

const hashOf = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')

test('killed in the middle of a file: nothing of it is seen, and the next try makes the bytes of an undisturbed one', async () => {
  await manyRows(60_000)
  await stage.days.open(DATE, 'finance')
  await stage.runs.freeze(DATE)
  const child = forkSource(require.resolve('./testing/write-and-hang'), {
    URL_OF_BOOKS: stage.url,
    DIR_OF_BOOKS: stage.dir,
    FILE_ID: String(await fileId()),
  })
  await once(child, 'message')
  child.kill('SIGKILL')
  await once(child, 'exit')
  // What it left has another name, and no one takes it for the file.
  expect((await readdir(join(stage.dir, '.staging'))).filter((name) => name === NAME)).toEqual([])
  expect(existsSync(published())).toBe(false)
  const [before] = await stage.rows<{ sha256: string | null }>(`SELECT sha256 FROM clearing_file WHERE kind = 'amount'`)
  expect(before!.sha256).toBe(null)
  expect(await stage.publish(DATE)).toEqual([])
  expect(await readdir(join(stage.dir, '.staging'))).toEqual([])
  const disturbed = await hashOf(published())
  // Made again from nothing: the same bytes.
  await rm(join(stage.dir, 'main'), { recursive: true })
  await stage.pool.query(
    `UPDATE clearing_file SET state = 'created', sha256 = NULL, proved_at = NULL WHERE kind = 'amount'`,
  )
  await stage.pool.query(`UPDATE clearing_run SET state = 'frozen'`)
  expect(await stage.publish(DATE)).toEqual([])
  expect(await hashOf(published())).toBe(disturbed)
})

test('between any two steps: the step is taken again and changes nothing', async () => {
  await manyRows(10)
  for (let i = 0; i < 2; i++) await stage.days.open(DATE, 'finance')
  for (let i = 0; i < 2; i++) await stage.runs.freeze(DATE)
  const id = await fileId()
  for (const file of (await stage.runs.current(DATE)).body.files)
    for (let i = 0; i < 2; i++) await stage.runs.write(file.id)
  const made = await hashOf(staged())
  for (let i = 0; i < 2; i++) expect(await stage.runs.prove(DATE)).toEqual([])
  // The file was published, and the process died before the row said so.
  await mkdir(join(stage.dir, 'main'))
  await copyFile(staged(), join(stage.dir, 'kept'))
  await rename(staged(), published())
  for (let i = 0; i < 2; i++) expect((await stage.runs.publish(DATE)).body.state).toBe('published')
  expect(await hashOf(published())).toBe(made)
  for (let i = 0; i < 2; i++) await stage.days.acknowledge(id, { outcome: 'accepted', sha256: made })
  await expect(stage.days.acknowledge(id, { outcome: 'refused' })).rejects.toThrow('is already acknowledged')
  expect(await stage.rows(`SELECT count(*)::int AS n FROM clearing_file`)).toEqual([{ n: 3 }])
})

test('what was staged is gone, with the disk or by hand: it is made again before it is published', async () => {
  await manyRows(10)
  await stage.days.open(DATE, 'finance')
  const { body } = await stage.runs.freeze(DATE)
  for (const file of body.files) await stage.runs.write(file.id)
  const made = await hashOf(staged())
  await stage.runs.prove(DATE)
  await rm(join(stage.dir, '.staging'), { recursive: true })
  expect((await stage.runs.publish(DATE)).body.state).toBe('published')
  expect(await hashOf(published())).toBe(made)
})

test('rows that change behind the seal are noticed: the file made again is another one, and is not published', async () => {
  await manyRows(10)
  await stage.days.open(DATE, 'finance')
  const { body } = await stage.runs.freeze(DATE)
  for (const file of body.files) await stage.runs.write(file.id)
  await stage.pool.query('ALTER TABLE journal DISABLE TRIGGER append_only')
  await stage.pool.query(`UPDATE journal SET serial = 'X1' WHERE serial = 'S1'`)
  await expect(stage.runs.write(await fileId())).rejects.toThrow('made again is another file')
  expect(await stage.rows(`SELECT trouble FROM clearing_run`)).toEqual([
    { trouble: expect.stringContaining('made again is another file') },
  ])
})

test('a layout without room refuses the file with what helps; replaced in another layout it goes on', async () => {
  await stage.pool.query(
    `INSERT INTO clearing_system (code, name, layouts, updated_by) SELECT 'main', 'x', json_build_object('amount', $1::json), 'm'`,
    [JSON.stringify({ ...(await narrow()) })],
  )
  await manyRows(10)
  await stage.days.open(DATE, 'finance')
  await stage.runs.freeze(DATE)
  const id = await fileId()
  await expect(stage.runs.write(id)).rejects.toThrow('serial is 2 characters long and has room for 1')
  await stage.pool.query(`UPDATE clearing_system SET layouts = '{}'`)
  const next = await stage.days.replace(id, 'no room')
  await stage.runs.write(id)
  expect(await stage.publish(DATE)).toEqual([])
  expect(await readFile(join(stage.dir, 'main', next.name), 'utf8')).toContain(',2,main.amount.20261026.1.txt\n')
})

async function narrow(): Promise<object> {
  const { LAYOUTS } = await import('@lijian/clearing-files')
  const layout = LAYOUTS['fixed-gb18030']!
  return { ...layout, columns: layout.columns.map((one) => (one.field === 'serial' ? { ...one, width: 1 } : one)) }
}
