import { runCases } from './examples'
import { folderNames, openFolder } from './folders'

describe.each(['in-the-wild', 'seeds'])('%s', (group) => {
  test.each(folderNames(group))('%s', (name) => {
    const folder = openFolder(group, name)
    expect(folder.documents.length).toBeGreaterThan(0)
    const cases = folder.caseFiles.flatMap(({ file }) => file.cases)
    expect(cases.length).toBeGreaterThan(5)
    for (const { name: fileName, file } of folder.caseFiles)
      expect({ fileName, wrong: runCases(folder.evaluator(), file) }).toEqual({ fileName, wrong: [] })
  })
})

test('no two documents have the same code: all of them can be read together', () => {
  const codes = ['in-the-wild', 'seeds'].flatMap((group) =>
    folderNames(group)
      .map((name) => openFolder(group, name))
      .flatMap(({ documents, beside }) => [...documents, ...beside].map(({ code }) => code)),
  )
  expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([])
})

test('a case that expects the wrong thing fails', () => {
  const folder = openFolder('in-the-wild', '01-ccb-resort')
  const { payment } = folder.caseFiles[0]!.file
  const wrong = runCases(folder.evaluator(), {
    payment,
    cases: [
      ['one fen too much', {}, 10_001],
      ['a reason', {}, 'bin'],
      ['nothing', {}, null],
    ],
  })
  expect(wrong).toHaveLength(3)
})
