import type { FeeBenefit, FeeSchedule } from '@lijian/contracts/marketing'
import { feeFen } from './fees'
import { amountOffer, campaign, feeOffer, outcome, payment } from './testing/documents'

const reduce = (...tiers: [number, number][]) => ({
  type: 'reduce',
  tiers: tiers.map(([atLeast, off]) => ({ atLeast, off })),
})
const percent = (...tiers: [number, number][]) => ({
  type: 'percent',
  tiers: tiers.map(([atLeast, payPpm]) => ({ atLeast, payPpm })),
})

test.each`
  _case                                  | benefit                                            | amountFen            | expected
  ${'满100减15: 99.99'}                  | ${reduce([10_000, 1_500])}                         | ${9_999}             | ${'amount_below_minimum'}
  ${'满100减15: 100.00'}                 | ${reduce([10_000, 1_500])}                         | ${10_000}            | ${1_500}
  ${'满100减15: 5000.00'}                | ${reduce([10_000, 1_500])}                         | ${500_000}           | ${1_500}
  ${'满100减10 满200减25: 99.99'}        | ${reduce([10_000, 1_000], [20_000, 2_500])}        | ${9_999}             | ${'amount_below_minimum'}
  ${'满100减10 满200减25: 100.00'}       | ${reduce([10_000, 1_000], [20_000, 2_500])}        | ${10_000}            | ${1_000}
  ${'满100减10 满200减25: 199.99'}       | ${reduce([10_000, 1_000], [20_000, 2_500])}        | ${19_999}            | ${1_000}
  ${'满100减10 满200减25: 200.00'}       | ${reduce([10_000, 1_000], [20_000, 2_500])}        | ${20_000}            | ${2_500}
  ${'a higher tier may give less'}       | ${reduce([10_000, 2_000], [20_000, 500])}          | ${20_000}            | ${500}
  ${'满200 8.5折: 199.99'}               | ${percent([20_000, 850_000])}                      | ${19_999}            | ${'amount_below_minimum'}
  ${'满200 8.5折: 200.00'}               | ${percent([20_000, 850_000])}                      | ${20_000}            | ${3_000}
  ${'满200 8.5折: 200.03, rounded down'} | ${percent([20_000, 850_000])}                      | ${20_003}            | ${3_000}
  ${'满200 8.5折: 200.07, the next fen'} | ${percent([20_000, 850_000])}                      | ${20_007}            | ${3_001}
  ${'满200 9折 满500 8.5折: 499.99'}     | ${percent([20_000, 900_000], [50_000, 850_000])}   | ${49_999}            | ${4_999}
  ${'满200 9折 满500 8.5折: 500.00'}     | ${percent([20_000, 900_000], [50_000, 850_000])}   | ${50_000}            | ${7_500}
  ${'消费即8折 最高优惠50元: 249.99'}    | ${{ ...percent([0, 800_000]), cap: 5_000 }}        | ${24_999}            | ${4_999}
  ${'消费即8折 最高优惠50元: 250.00'}    | ${{ ...percent([0, 800_000]), cap: 5_000 }}        | ${25_000}            | ${5_000}
  ${'消费即8折 最高优惠50元: 1000.00'}   | ${{ ...percent([0, 800_000]), cap: 5_000 }}        | ${100_000}           | ${5_000}
  ${'消费即8折: 0.04 earns nothing'}     | ${percent([0, 800_000])}                           | ${4}                 | ${'no_benefit'}
  ${'消费即8折: 0.05 earns a fen'}       | ${percent([0, 800_000])}                           | ${5}                 | ${1}
  ${'a percentage of 100 billion yuan'}  | ${percent([0, 1])}                                 | ${9_999_999_999_999} | ${9_999_989_999_999}
  ${'9元洗车: 9.00'}                     | ${{ type: 'fixedPrice', price: 900 }}              | ${900}               | ${'amount_below_minimum'}
  ${'9元洗车: 9.01'}                     | ${{ type: 'fixedPrice', price: 900 }}              | ${901}               | ${1}
  ${'9元洗车: 35.00'}                    | ${{ type: 'fixedPrice', price: 900 }}              | ${3_500}             | ${2_600}
  ${'9.9元看电影, up to 60.00: 60.00'}   | ${{ type: 'fixedPrice', price: 990, upTo: 6_000 }} | ${6_000}             | ${5_010}
  ${'9.9元看电影, up to 60.00: 60.01'}   | ${{ type: 'fixedPrice', price: 990, upTo: 6_000 }} | ${6_001}             | ${'amount_above_maximum'}
  ${'9.9元看电影, at most 30.00 off'}    | ${{ type: 'fixedPrice', price: 990, cap: 3_000 }}  | ${6_000}             | ${3_000}
  ${'one fen stays payable by default'}  | ${reduce([0, 1_500])}                              | ${1_500}             | ${1_499}
  ${'nothing stays payable if told so'}  | ${{ ...reduce([0, 1_500]), minPayable: 0 }}        | ${1_500}             | ${1_500}
  ${'5.00 stay payable'}                 | ${{ ...reduce([0, 1_500]), minPayable: 500 }}      | ${1_501}             | ${1_001}
  ${'all of it stays payable'}           | ${{ ...reduce([0, 1_500]), minPayable: 500 }}      | ${500}               | ${'no_benefit'}
  ${'less than minPayable is paid'}      | ${{ ...reduce([0, 1_500]), minPayable: 500 }}      | ${499}               | ${'no_benefit'}
  ${'one fen only: nothing to give'}     | ${reduce([0, 1_500])}                              | ${1}                 | ${'no_benefit'}
`('$_case', ({ benefit, amountFen, expected }) =>
  expect(outcome(campaign([amountOffer({ benefit })]), payment({ amountFen }))).toBe(expected),
)

test.each`
  _case                                            | changed                                       | expected
  ${'100.00 of 300.00 is eligible'}                | ${{ amountFen: 30_000, eligibleFen: 10_000 }} | ${1_500}
  ${'99.99 of 300.00 is eligible'}                 | ${{ amountFen: 30_000, eligibleFen: 9_999 }}  | ${'amount_below_minimum'}
  ${'more eligible than paid, minPayable of paid'} | ${{ amountFen: 1_000, eligibleFen: 20_000 }}  | ${999}
`('thresholds look at the eligible amount: $_case', ({ changed, expected }) =>
  expect(outcome(campaign([amountOffer()]), payment(changed))).toBe(expected),
)

test('no more than the eligible part is given', () => {
  const everything = amountOffer({ benefit: { type: 'reduce', tiers: [{ atLeast: 0, off: 5_000 }] } })
  expect(outcome(campaign([everything]), payment({ amountFen: 30_000, eligibleFen: 1_200 }))).toBe(1_200)
})

const FEES: FeeSchedule = {
  default: { ppm: 6_000 },
  debit: { ppm: 5_000, min: 1, max: 2_000 },
  credit: { ppm: 5_500 },
  methods: { qr: { default: { ppm: 3_800 }, prepaid: { ppm: 1_000 } }, quick: { credit: { ppm: 7_000 } } },
}

test.each`
  _case                                       | method           | cardType          | amountFen  | expected
  ${'method and type'}                        | ${'qr'}          | ${'prepaid'}      | ${10_000}  | ${10}
  ${'the method, before the type'}            | ${'qr'}          | ${'debit'}        | ${10_000}  | ${38}
  ${'the method when no type is known'}       | ${'qr'}          | ${undefined}      | ${10_000}  | ${38}
  ${'the type'}                               | ${'swipe'}       | ${'debit'}        | ${10_000}  | ${50}
  ${'the type, for a method with no default'} | ${'quick'}       | ${'debit'}        | ${10_000}  | ${50}
  ${'quasi_credit as the credit of method'}   | ${'quick'}       | ${'quasi_credit'} | ${10_000}  | ${70}
  ${'quasi_credit as credit'}                 | ${'swipe'}       | ${'quasi_credit'} | ${10_000}  | ${55}
  ${'the default'}                            | ${'swipe'}       | ${'prepaid'}      | ${10_000}  | ${60}
  ${'unknown type: the default'}              | ${'swipe'}       | ${undefined}      | ${10_000}  | ${60}
  ${'half a fen up'}                          | ${'swipe'}       | ${'credit'}       | ${1_000}   | ${6}
  ${'less than half down'}                    | ${'swipe'}       | ${'credit'}       | ${999}     | ${5}
  ${'at least min'}                           | ${'swipe'}       | ${'debit'}        | ${1}       | ${1}
  ${'one fen below max'}                      | ${'swipe'}       | ${'debit'}        | ${399_899} | ${1_999}
  ${'at most max'}                            | ${'swipe'}       | ${'debit'}        | ${500_000} | ${2_000}
  ${'a method named like a JS property'}      | ${'constructor'} | ${'credit'}       | ${10_000}  | ${55}
`('fee schedule: $_case', ({ method, cardType, amountFen, expected }) =>
  expect(feeFen(FEES, method, cardType, amountFen)).toBe(expected),
)

test.each([[undefined], [{}], [{ debit: { ppm: 5_000 } }]])('no entry in %p: no fee', (fees) =>
  expect(feeFen(fees, 'qr', 'credit', 10_000)).toBe(0),
)

const flat = (ppm: number): FeeSchedule => ({ default: { ppm } })

test.each`
  _case                                | benefit                                  | amountFen | fees            | expected
  ${'waived'}                          | ${{ type: 'waive' }}                     | ${10_000} | ${flat(6_000)}  | ${60}
  ${'nothing to waive'}                | ${{ type: 'waive' }}                     | ${10_000} | ${flat(0)}      | ${'no_benefit'}
  ${'a lower rate'}                    | ${{ type: 'rate', ppm: 3_800 }}          | ${10_000} | ${flat(6_000)}  | ${22}
  ${'the new fee is rounded: 2.5 → 3'} | ${{ type: 'rate', ppm: 2_500 }}          | ${1_000}  | ${flat(6_000)}  | ${3}
  ${'a lower rate with a min'}         | ${{ type: 'rate', ppm: 3_800, min: 50 }} | ${10_000} | ${flat(6_000)}  | ${10}
  ${'a lower rate with a max'}         | ${{ type: 'rate', ppm: 3_800, max: 8 }}  | ${10_000} | ${flat(6_000)}  | ${52}
  ${'a higher rate saves nothing'}     | ${{ type: 'rate', ppm: 7_000 }}          | ${10_000} | ${flat(6_000)}  | ${'no_benefit'}
  ${'half of 61 fen: new fee 31'}      | ${{ type: 'percentOff', ppm: 500_000 }}  | ${10_000} | ${flat(6_100)}  | ${30}
  ${'half of 1 fen: new fee 1'}        | ${{ type: 'percentOff', ppm: 500_000 }}  | ${100}    | ${flat(10_000)} | ${'no_benefit'}
  ${'a fixed fee'}                     | ${{ type: 'fixed', amount: 59 }}         | ${10_000} | ${flat(6_000)}  | ${1}
  ${'a fixed fee as high'}             | ${{ type: 'fixed', amount: 60 }}         | ${10_000} | ${flat(6_000)}  | ${'no_benefit'}
  ${'a fixed fee above'}               | ${{ type: 'fixed', amount: 61 }}         | ${10_000} | ${flat(6_000)}  | ${'no_benefit'}
  ${'a merchant without fees'}         | ${{ type: 'waive' }}                     | ${10_000} | ${undefined}    | ${'no_benefit'}
`('fee offer: $_case', ({ benefit, amountFen, fees, expected }: { benefit: FeeBenefit } & Record<string, any>) =>
  expect(outcome(campaign([feeOffer(benefit)]), payment({ amountFen }), fees)).toBe(expected),
)
