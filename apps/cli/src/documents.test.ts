import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readBalances, readCampaigns, readCardGroups, readMerchants } from './documents'
import { readLines } from './read-lines'

const folder = mkdtempSync(join(tmpdir(), 'lijian-documents-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (content: unknown): string => {
  const path = join(folder, 'file.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
/** Lines of the message, without the folder's name. */
const faults = (read: () => unknown): string[] => {
  try {
    read()
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '').split('\nlijian: ')
  }
  return []
}
const linesOf = async (content: string): Promise<[string, number][]> => {
  const lines: [string, number][] = []
  await readLines(
    file(content),
    (line, number) => lines.push([line, number]),
    () => Promise.resolve(),
  )
  return lines
}

test('a byte order mark is not a part of a document, nor of the first payment', async () => {
  expect(readMerchants(file('\uFEFF[{ "id": "M1", "name": "m" }]')).map(({ id }) => id)).toEqual(['M1'])
  expect(await linesOf('\uFEFF{}\r\n{ }\n')).toEqual([
    ['{}\r', 1],
    ['{ }', 2],
  ])
})

test('lines that are empty are passed over and counted, with either end of line', async () => {
  expect(await linesOf('\r\n{}\r\n\n{ }\r\n\r\n')).toEqual([
    ['{}\r', 2],
    ['{ }\r', 4],
  ])
})

test('every fault of every entry, with what was found there; one document may stand alone', () => {
  expect(faults(() => readCardGroups(file({ code: 'G', bins: ['x'], cards: [] })))).toEqual([
    'file.json: expected a list of card groups: [0].bins[0]: expected a BIN prefix of 1 to 12 digits, found "x"',
  ])
  expect(
    faults(() =>
      readMerchants(
        file([
          { id: 'M1', foo: 1 },
          { id: 'M2', name: 2 },
        ]),
      ),
    ),
  ).toEqual([
    'file.json: expected a list of merchants: [0].name: expected a text, found nothing',
    'file.json: expected a list of merchants: [0].foo: unknown key "foo"',
    'file.json: expected a list of merchants: [1].name: expected a text, found 2',
  ])
})

test('a code that comes twice is refused: which of the two would count?', () => {
  const twice = [
    { code: 'P', balance: 1 },
    { code: 'Q', balance: 1 },
    { code: 'P', balance: 2 },
  ]
  expect(faults(() => readBalances(file(twice)))).toEqual(['file.json: [2].code: P is already at [0].code'])
  expect(readBalances(file(twice.slice(0, 2)))).toEqual(
    new Map([
      ['P', 1],
      ['Q', 1],
    ]),
  )
})

test('an empty list of campaigns is refused: every payment would get nothing', () => {
  expect(faults(() => readCampaigns(file([]), () => undefined))).toEqual([
    'file.json: an empty list; expected one campaign document or more',
  ])
})
