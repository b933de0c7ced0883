import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ROOT, readPage } from './pages'

const FILES = ['README.md', 'README.zh-CN.md'] as const
const MAP = /<!-- map: [\s\S]*<!-- end of map -->/

/** What both languages share: levels of headings, code blocks, code in the text, addresses of links, in order. */
function bones(file: string): Record<string, string[]> {
  const text = readPage(file).replace(MAP, '')
  const blocks = text.match(/^```[\s\S]*?^```$/gm) ?? []
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '')
  const links = [...prose.matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to!)
  return {
    headings: [...prose.matchAll(/^(#+) /gm)].map(([, level]) => level!),
    blocks: [...blocks],
    code: [...prose.matchAll(/`([^`]+)`/g)].map(([, code]) => code!).sort(),
    links: links.filter((to) => !to.startsWith('README')),
    languages: links.filter((to) => to.startsWith('README')).map(() => 'the other'),
  }
}

test('both READMEs have the same headings, blocks, commands and links in the same order', () => {
  const [english, chinese] = FILES.map(bones)
  expect(chinese).toEqual(english)
  expect(english!.headings!.length).toBeGreaterThan(3)
  expect(english!.blocks!.length).toBeGreaterThan(1)
})

test.each(FILES)(
  '%s: at most 150 lines of at most 120 characters, and every folder and file in code exists',
  (file) => {
    const lines = readPage(file).trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(150)
    expect(lines.filter((line) => [...line].length > 120)).toEqual([])
    const paths = [...readPage(file).matchAll(/\]\(((?:apps|libs|workflows|sdk|tools)\/[^)#]+)/g)].map(([, to]) => to!)
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
    expect(paths.length).toBeGreaterThan(8)
  },
)

const checkMap = (root = ROOT) =>
  spawnSync(process.execPath, [join(ROOT, 'tools/docs/map.mjs')], {
    env: { ...process.env, LIJIAN_MAP_ROOT: root },
    encoding: 'utf8',
  })

test('the map of both READMEs is what the packages say of themselves', () => {
  expect(checkMap()).toMatchObject({ stderr: '', status: 0 })
})

describe('a house with one package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lijian-map-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }

  test('a missing line of the map, a wrong title and a missing Chinese sentence are told by file', () => {
    for (const file of FILES) cpSync(join(ROOT, file), join(folder, file))
    write('libs/core/money/package.json', '{}')
    write('libs/core/money/README.md', '# fen\n\nWhole fen.\n')
    expect(checkMap(folder)).toMatchObject({ status: 1 })
    expect(checkMap(folder).stderr.split('\n')).toEqual([
      'libs/core/money/README.md: the first line is "# money"',
      'libs/core/money/README.md: the second line is "<!-- zh: one Chinese sentence -->"',
      'the map is out of date: node tools/docs/map.mjs --write',
      '',
    ])
  })

  test('what is written is what is checked', () => {
    write('libs/core/money/README.md', '# money\n<!-- zh: 整分 -->\n\nWhole `fen`. More.\n')
    const env = { ...process.env, LIJIAN_MAP_ROOT: folder }
    spawnSync(process.execPath, [join(ROOT, 'tools/docs/map.mjs'), '--write'], { env })
    expect(checkMap(folder)).toMatchObject({ stderr: '', status: 0 })
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain('\n  money                Whole fen.\n')
    expect(readFileSync(join(folder, 'README.zh-CN.md'), 'utf8')).toContain('\n  money                整分\n')
  })
})
