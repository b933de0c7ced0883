import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BinTable, parseBinRows } from './bin-table'

const header = 'bin,bin_len,card_len,bank_code,bank_name,card_type,sources,conflict'
const table = new BinTable(
  parseBinRows(
    [
      header,
      '622700,6,19,CCB,x,DC,a,',
      '62270012,8,19,CCB,x,CC,a,',
      '622701,6,19,CCB,x,DC,a,CCB/SCC',
      '62270188,8,16,CCB,x,DC,a,',
      '436742,6,19,CCB,x,SCC,a,',
      '955880,6,19,ICBC,x,PC,a,',
      '303,3,16,CEB,x,DC,a,',
      '621700,6,19,CCB,x,DC,a,',
      '621700,6,16,BOC,x,CC,a,',
    ].join('\n'),
  ),
)

test.each`
  _case                                       | digits            | length       | facts
  ${'a debit card'}                           | ${'622700345678'} | ${19}        | ${{ issuer: 'CCB', cardType: 'debit', scheme: 'unionpay', cardLength: 19 }}
  ${'the longest prefix wins'}                | ${'622700129999'} | ${19}        | ${{ issuer: 'CCB', cardType: 'credit', scheme: 'unionpay', cardLength: 19 }}
  ${'digits too short for the longer prefix'} | ${'6227001'}      | ${undefined} | ${{ issuer: 'CCB', cardType: 'debit', scheme: 'unionpay', cardLength: 19 }}
  ${'a row with another length is not it'}    | ${'622700123456'} | ${16}        | ${{ scheme: 'unionpay' }}
  ${'a conflicting row fills nothing'}        | ${'622701123456'} | ${19}        | ${{ scheme: 'unionpay' }}
  ${'a longer row beside a conflicting one'}  | ${'622701881234'} | ${16}        | ${{ issuer: 'CCB', cardType: 'debit', scheme: 'unionpay', cardLength: 16 }}
  ${'two schemes: the number says which'}     | ${'436742123456'} | ${19}        | ${{ issuer: 'CCB', cardType: 'quasi_credit', scheme: 'visa', cardLength: 19 }}
  ${'a Chinese card outside 62'}              | ${'955880123456'} | ${19}        | ${{ issuer: 'ICBC', cardType: 'prepaid', scheme: 'unionpay', cardLength: 19 }}
  ${'one BIN, two lengths: the length tells'} | ${'621700123456'} | ${16}        | ${{ issuer: 'BOC', cardType: 'credit', scheme: 'unionpay', cardLength: 16 }}
  ${'one BIN, two lengths, length unknown'}   | ${'621700'}       | ${undefined} | ${{ scheme: 'unionpay' }}
  ${'a card of nobody here'}                  | ${'411111111111'} | ${16}        | ${{ scheme: 'visa' }}
  ${'nothing known'}                          | ${'199999'}       | ${undefined} | ${{}}
`('$_case', ({ digits, length, facts }) => expect(table.facts(digits, length)).toEqual(facts))

test.each`
  digits      | scheme
  ${'510000'} | ${'mastercard'}
  ${'559999'} | ${'mastercard'}
  ${'500000'} | ${undefined}
  ${'560000'} | ${undefined}
  ${'222099'} | ${undefined}
  ${'222100'} | ${'mastercard'}
  ${'272099'} | ${'mastercard'}
  ${'272100'} | ${undefined}
  ${'352799'} | ${undefined}
  ${'352800'} | ${'jcb'}
  ${'358999'} | ${'jcb'}
  ${'340000'} | ${'amex'}
  ${'370000'} | ${'amex'}
  ${'620000'} | ${'unionpay'}
  ${'601100'} | ${'discover'}
`('$digits… is $scheme', ({ digits, scheme }) => expect(table.facts(digits).scheme).toBe(scheme))

test('the table that comes with the package is read to its last row', () => {
  const csv = readFileSync(join(__dirname, '..', 'data', 'cn_bin_merged.csv'), 'utf8')
  const rows = parseBinRows(csv)
  expect(rows).toHaveLength(2354)
  expect(rows.filter(({ conflicting }) => conflicting)).toHaveLength(113)
  expect(new BinTable(rows).facts('622700', 19)).toEqual({
    issuer: 'CCB',
    cardType: 'debit',
    scheme: 'unionpay',
    cardLength: 19,
  })
})

test.each`
  _case                     | csv                                     | error
  ${'another header'}       | ${'bin,bank\n1,2'}                      | ${'unexpected header'}
  ${'an unknown card type'} | ${`${header}\n622700,6,19,CCB,x,XX,a,`} | ${'line 2 is malformed'}
  ${'a BIN with letters'}   | ${`${header}\n622x,4,19,CCB,x,DC,a,`}   | ${'line 2 is malformed'}
`('$_case stops the reading', ({ csv, error }) => expect(() => parseBinRows(csv)).toThrow(error))
