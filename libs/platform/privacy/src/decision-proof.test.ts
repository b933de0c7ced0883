import { canonicalJson, decisionProofKey, readDecisionProof, signDecision } from './decision-proof'

const key = decisionProofKey(Buffer.alloc(32, 1))
const other = decisionProofKey(Buffer.alloc(32, 2))
const decision = { update: 'partner-funding.decide', subject: 7, argument: { hash: 'ab', decision: 'approve' } }
const proof = { id: 'p1', by: 'ak_checker', expiresAtMs: 1_000 }
const token = signDecision(key, decision, proof)

test('a proof is read under the key that signed it, also beside others', () => {
  expect(readDecisionProof([key], decision, token)).toEqual(proof)
  expect(readDecisionProof([other, key], decision, token)).toEqual(proof)
  expect(readDecisionProof([other], decision, token)).toBeUndefined()
})

test.each`
  _case                   | change
  ${'another update'}     | ${{ update: 'card-usage-case.decide' }}
  ${'another subject'}    | ${{ subject: 8 }}
  ${'another decision'}   | ${{ argument: { hash: 'ab', decision: 'reject' } }}
  ${'another hash'}       | ${{ argument: { hash: 'ac', decision: 'approve' } }}
  ${'one argument more'}  | ${{ argument: { hash: 'ab', decision: 'approve', reason: 'x' } }}
  ${'one argument fewer'} | ${{ argument: { hash: 'ab' } }}
`('it decides nothing else: $_case', ({ change }) => {
  expect(readDecisionProof([key], { ...decision, ...(change as object) }, token)).toBeUndefined()
})

test('keys of the argument have no order, and absent is undefined', () => {
  const argument = { reason: undefined, decision: 'approve', hash: 'ab' }
  expect(readDecisionProof([key], { ...decision, argument }, token)).toEqual(proof)
  expect(canonicalJson({ b: [undefined, { d: 1, c: 'x' }], a: null })).toBe('{"a":null,"b":[null,{"c":"x","d":1}]}')
})

test('what is no proof, or was changed, is none', () => {
  const [version, body, mac] = token.split('.') as [string, string, string]
  const forged = Buffer.from(JSON.stringify(['p1', 'ak_other', 1e15, 'x'])).toString('base64url')
  for (const wrong of [
    undefined,
    null,
    7,
    '',
    'dp1',
    'dp1.x.y',
    `${version}.${forged}.${mac}`,
    `${version}.${body}.`,
    `${token}.`,
    `dp2.${body}.${mac}`,
    {},
  ])
    // prettier-ignore
    expect(readDecisionProof([key], decision, wrong)).toBeUndefined()
})
