import { told } from './told'

const ROUTE = '"route":{"mid":"MID-7","channel":"CH-1","pool":"P-0","costEstimate":12}'

test.each`
  _case                        | status | body                                                                           | name             | held
  ${'a held offer'}            | ${200} | ${'{"serial":"1","state":"held","amount":100,"payable":85,"offers":[]}'}       | ${'held'}        | ${{ payableFen: 85 }}
  ${'no offer'}                | ${200} | ${'{"state":"no_offer","reasons":[{"reason":"outside_hours"}]}'}               | ${'no_offer'}    | ${undefined}
  ${'no offer, too late'}      | ${200} | ${'{"state":"no_offer","reasons":[{"reason":"deadline"}]}'}                    | ${'deadline'}    | ${undefined}
  ${'a route'}                 | ${200} | ${`{"serial":"1","amount":5,${ROUTE},"holdExpiresAt":"2026"}`}                 | ${'routed'}      | ${{ mid: 'MID-7' }}
  ${'a route after a pool'}    | ${200} | ${`{"serial":"1",${ROUTE},"reasons":[{"pool":"P","reason":"outside_hours"}]}`} | ${'routed'}      | ${{ mid: 'MID-7' }}
  ${'no route'}                | ${200} | ${'{"serial":"1","route":null,"reasons":[{"reason":"limit_exhausted"}]}'}      | ${'no_route'}    | ${undefined}
  ${'no route, database away'} | ${200} | ${'{"serial":"1","route":null,"reasons":[{"reason":"unavailable"}]}'}          | ${'unavailable'} | ${undefined}
  ${"a route's result"}        | ${200} | ${'{"serial":"1","state":"succeeded","attempts":[{"mid":"MID-7"}]}'}           | ${'succeeded'}   | ${undefined}
  ${'a refusal'}               | ${409} | ${'{"code":"serial_reused","state":"held"}'}                                   | ${'409'}         | ${undefined}
  ${'something else'}          | ${200} | ${'{}'}                                                                        | ${'unclear'}     | ${undefined}
`(
  '$_case is told apart',
  ({ status, body, name, held }: { status: number; body: string; name: string; held: object }) => {
    expect(told(status, body)).toEqual(held === undefined ? { name } : { name, held })
  },
)
