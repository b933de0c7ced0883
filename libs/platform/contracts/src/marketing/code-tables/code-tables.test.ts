import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMcc, isRegion, regionPrefix } from '.'

const data = join(__dirname, '..', '..', '..', 'data')
const codes = (name: string) =>
  readFileSync(join(data, name), 'utf8').trim().split(/\r?\n/).slice(1).map((line) => line.split(',')[0]!) // prettier-ignore

test('every code of every list exists', () => {
  const lists = readdirSync(data).filter((name) => name.endsWith('_list.csv'))
  expect(lists.length).toBeGreaterThan(5)
  expect(lists.flatMap(codes).filter((code) => /^[0-9]{4}$/.test(code) && !isMcc(code))).toEqual([])
  const regions = ['cn_provinces.csv', 'cn_cities.csv', 'cn_areas.csv', 'cn_gbt2260_201607.csv'].flatMap(codes)
  expect(regions.filter((code) => !isRegion(code))).toEqual([])
})

test('no other code exists', () => {
  const lists = readdirSync(data).filter((name) => name.endsWith('_list.csv') || name.startsWith('greggles'))
  const listed = new Set(lists.flatMap(codes).filter((code) => /^[0-9]{4}$/.test(code)))
  for (let code = 3000; code <= 3999; code++) listed.add(String(code))
  const fourDigits = Array.from({ length: 10_000 }, (_, i) => String(i).padStart(4, '0'))
  expect(fourDigits.filter(isMcc)).toEqual([...listed].sort())

  const regions = ['cn_provinces.csv', 'cn_cities.csv', 'cn_areas.csv', 'cn_gbt2260_201607.csv'].flatMap(codes)
  const sixDigits = Array.from({ length: 1_000_000 }, (_, i) => String(i).padStart(6, '0'))
  expect(sixDigits.filter(isRegion)).toEqual([...new Set(regions.map((code) => code.padEnd(6, '0')))].sort())
})

test.each`
  code       | exists
  ${'5812'}  | ${true}
  ${'3012'}  | ${true}
  ${'0742'}  | ${true}
  ${'5813 '} | ${false}
  ${'0001'}  | ${false}
  ${'742'}   | ${false}
`('MCC $code: $exists', ({ code, exists }) => expect(isMcc(code)).toBe(exists))

test.each`
  code        | exists   | prefix
  ${'440000'} | ${true}  | ${'44'}
  ${'44'}     | ${true}  | ${'44'}
  ${'440300'} | ${true}  | ${'4403'}
  ${'4403'}   | ${true}  | ${'4403'}
  ${'440305'} | ${true}  | ${'440305'}
  ${'449900'} | ${false} | ${'4499'}
  ${'44030'}  | ${false} | ${'44030'}
`('region $code: $exists, $prefix', ({ code, exists, prefix }) => {
  expect(isRegion(code)).toBe(exists)
  expect(regionPrefix(code)).toBe(prefix)
})
