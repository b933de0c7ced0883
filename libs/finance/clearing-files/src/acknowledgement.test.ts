import { Buffer } from 'node:buffer'
import { parseAcknowledgement as parse } from './acknowledgement'

const parseAcknowledgement = (text: string | Buffer) => parse(Buffer.from(text as string))

const HASH = 'ab'.repeat(32)

test('accepted, and refused with reasons', () => {
  expect(parseAcknowledgement(`ACK|main_v1.csv|${HASH}|accepted\nEND|0\n`)).toEqual({
    fileName: 'main_v1.csv',
    sha256: HASH,
    outcome: 'accepted',
  })
  expect(
    parseAcknowledgement('ACK|main_v1.csv||refused\r\nREASON|17|E02|商户不存在|M1\r\nREASON|||too late\r\nEND|2\r\n'),
  ).toEqual({
    fileName: 'main_v1.csv',
    outcome: 'refused',
    reasons: [{ row: 17, code: 'E02', message: '商户不存在|M1' }, { message: 'too late' }],
  })
})

test.each`
  _case                      | text                                                   | says
  ${'nothing in it'}         | ${''}                                                  | ${'line 1: expected ACK|'}
  ${'cut inside a line'}     | ${'ACK|f|'}                                            | ${'line 1: the file is torn'}
  ${'cut between two lines'} | ${'ACK|f||refused\nREASON|1||x\n'}                     | ${'line 2: the file is torn: expected END'}
  ${'a reason is missing'}   | ${'ACK|f||refused\nREASON|1||x\nEND|2\n'}              | ${'line 3: the file is torn: END counts 2, there are 1 reasons'}
  ${'another file'}          | ${'H|f\nEND|0\n'}                                      | ${'line 1: expected ACK|'}
  ${'no such outcome'}       | ${'ACK|f||maybe\nEND|0\n'}                             | ${'line 1: outcome'}
  ${'no SHA-256'}            | ${'ACK|f|12|accepted\nEND|0\n'}                        | ${'line 1: sha256'}
  ${'a row that is no row'}  | ${'ACK|f||refused\nREASON|x||y\nEND|1\n'}              | ${'line 2: expected REASON|'}
  ${'row 0 does not exist'}  | ${'ACK|f||refused\nREASON|1||y\nREASON|0||y\nEND|2\n'} | ${'line 3: reasons.1.row'}
`('$_case: refused as a whole, with its line', ({ text, says }) => {
  expect(() => parseAcknowledgement(text)).toThrow(says)
})

test('bytes that are no UTF-8 are refused with their line', () => {
  const gbk = Buffer.from('REASON|1||\xc9\xcc\nEND|1\n', 'latin1')
  expect(() => parseAcknowledgement(Buffer.concat([Buffer.from('ACK|f||refused\n'), gbk]))).toThrow(
    'line 2: byte 11: expected text in UTF-8',
  )
  expect(() => parseAcknowledgement('ACK|f||refused\nREASON|1||a\u0000b\nEND|1\n')).toThrow('line 2: reasons.0.message')
  expect(parseAcknowledgement('\uFEFFACK|f||accepted\nEND|0\n').fileName).toBe('f')
})
