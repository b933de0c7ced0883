import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { forkSource } from '@lijian/testing'
import { once } from 'node:events'
import { Books } from './testing/books'

let books: Books
beforeEach(async () => {
  books = await Books.open()
})
afterEach(() => books.close())

const DATE = '2026-10-26'
const NAME = `main_amount_20261026_v1.csv`
const staged = () => join(books.dir, '.staging', NAME)
const published = () => join(books.dir, 'main', NAME)

/** Enough rows that a file is not written at once. */
async function manyRows(count: number): Promise<void> {
  await books.post({ date: DATE, serial: 'S0' })
  await books.pool.query(
    `INSERT INTO journal (business_date, event, client, serial, merchant, clearing_system, detail, accounts, amounts_fen)
     SELECT j.business_date, j.event, j.client, 'S' || n, j.merchant, j.clearing_system, j.detail, j.accounts, j.amounts_fen
     FROM journal j, generate_series(1, $1::int) n`,
    [count],
  )
}

async function fileId(): Promise<number> {
  return (await books.runs.current(DATE)).body.files.find(({ kind }) => kind === 'amount')!.id
}

const hashOf = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')

test('killed in the middle of a file: nothing of it is seen, and the next try makes the bytes of an undisturbed one', async () => {
  await manyRows(60_000)
  await books.desk.open(DATE, 'finance')
  await books.runs.freeze(DATE)
  const child = forkSource(require.resolve('./testing/write-and-hang'), {
    URL_OF_BOOKS: books.url,
    DIR_OF_BOOKS: books.dir,
    FILE_ID: String(await fileId()),
  })
  await once(child, 'message')
  child.kill('SIGKILL')
  await once(child, 'exit')
  // What it left has another name, and no one takes it for the file.
  expect((await readdir(join(books.dir, '.staging'))).filter((name) => name === NAME)).toEqual([])
  expect(existsSync(published())).toBe(false)
  const [before] = await books.rows<{ sha256: string | null }>(`SELECT sha256 FROM clearing_file WHERE kind = 'amount'`)
  expect(before!.sha256).toBe(null)
  expect(await books.publish(DATE)).toEqual([])
  expect(await readdir(join(books.dir, '.staging'))).toEqual([])
  const disturbed = await hashOf(published())
  // Made again from nothing: the same bytes.
  await rm(join(books.dir, 'main'), { recursive: true })
  await books.pool.query(
    `UPDATE clearing_file SET state = 'created', sha256 = NULL, proved_at = NULL WHERE kind = 'amount'`,
  )
  await books.pool.query(`UPDATE clearing_run SET state = 'frozen'`)
  expect(await books.publish(DATE)).toEqual([])
  expect(await hashOf(published())).toBe(disturbed)
})

test('between any two steps: the step is taken again and changes nothing', async () => {
  await manyRows(10)
  for (let i = 0; i < 2; i++) await books.desk.open(DATE, 'finance')
  for (let i = 0; i < 2; i++) await books.runs.freeze(DATE)
  const id = await fileId()
  for (const file of (await books.runs.current(DATE)).body.files)
    for (let i = 0; i < 2; i++) await books.runs.write(file.id)
  const made = await hashOf(staged())
  for (let i = 0; i < 2; i++) expect(await books.runs.prove(DATE)).toEqual([])
  // The file was published, and the process died before the row said so.
  await mkdir(join(books.dir, 'main'))
  await copyFile(staged(), join(books.dir, 'kept'))
  await rename(staged(), published())
  for (let i = 0; i < 2; i++) expect((await books.runs.publish(DATE)).body.state).toBe('published')
  expect(await hashOf(published())).toBe(made)
  for (let i = 0; i < 2; i++) await books.desk.acknowledge(id, { outcome: 'accepted', sha256: made })
  await expect(books.desk.acknowledge(id, { outcome: 'refused' })).rejects.toThrow('is already acknowledged')
  expect(await books.rows(`SELECT count(*)::int AS n FROM clearing_file`)).toEqual([{ n: 3 }])
})

test('what was staged is gone, with the disk or by hand: it is made again before it is published', async () => {
  await manyRows(10)
  await books.desk.open(DATE, 'finance')
  const { body } = await books.runs.freeze(DATE)
  for (const file of body.files) await books.runs.write(file.id)
  const made = await hashOf(staged())
  await books.runs.prove(DATE)
  await rm(join(books.dir, '.staging'), { recursive: true })
  expect((await books.runs.publish(DATE)).body.state).toBe('published')
  expect(await hashOf(published())).toBe(made)
})

test('rows that change behind the seal are noticed: the file made again is another one, and is not published', async () => {
  await manyRows(10)
  await books.desk.open(DATE, 'finance')
  const { body } = await books.runs.freeze(DATE)
  for (const file of body.files) await books.runs.write(file.id)
  await books.pool.query('ALTER TABLE journal DISABLE TRIGGER append_only')
  await books.pool.query(`UPDATE journal SET serial = 'X1' WHERE serial = 'S1'`)
  await expect(books.runs.write(await fileId())).rejects.toThrow('made again is another file')
  expect(await books.rows(`SELECT trouble FROM clearing_run`)).toEqual([
    { trouble: expect.stringContaining('made again is another file') },
  ])
})

test('a layout without room refuses the file with what helps; replaced in another layout it goes on', async () => {
  await books.pool.query(
    `INSERT INTO clearing_system (code, name, layouts, updated_by) SELECT 'main', 'x', json_build_object('amount', $1::json), 'm'`,
    [JSON.stringify({ ...(await narrow()) })],
  )
  await manyRows(10)
  await books.desk.open(DATE, 'finance')
  await books.runs.freeze(DATE)
  const id = await fileId()
  await expect(books.runs.write(id)).rejects.toThrow('serial is 2 characters long and has room for 1')
  await books.pool.query(`UPDATE clearing_system SET layouts = '{}'`)
  const next = await books.desk.replace(id, 'no room')
  await books.runs.write(id)
  expect(await books.publish(DATE)).toEqual([])
  expect(await readFile(join(books.dir, 'main', next.name), 'utf8')).toContain(',2,main.amount.20261026.1.txt\n')
})

async function narrow(): Promise<object> {
  const { LAYOUTS } = await import('@lijian/clearing-files')
  const layout = LAYOUTS['fixed-gb18030']!
  return { ...layout, columns: layout.columns.map((one) => (one.field === 'serial' ? { ...one, width: 1 } : one)) }
}
