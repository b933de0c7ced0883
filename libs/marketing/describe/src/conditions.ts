import { clause } from './benefit'
import { joined, type Part, type Sentence } from './part'
import { both, CARD_REGIONS, CARD_TYPES, PAYMENT_METHODS, SCHEMES, type Both } from './words'

/** For which payments an offer is: all of it must hold. */
export function conditionSentences(rule: Part): Sentence[] {
  const conditions = rule.part('conditions')
  if (conditions === undefined) return []
  const lists = LISTS.flatMap(([key, zh, en, words]) => {
    const said = conditions.words(key, words)
    return said === undefined ? [] : [conditions.says(key, both(`${zh}：${said.zh}。`, `${en}: ${said.en}.`))]
  })
  const pinFree = conditions.flag('pinFree')
  const flag =
    pinFree === undefined
      ? []
      : [
          conditions.says(
            'pinFree',
            pinFree
              ? both('仅限小额双免（免密免签）交易。', 'Only payments without PIN and signature.')
              : both('不含小额双免（免密免签）交易。', 'Not for payments without PIN and signature.'),
          ),
        ]
  return [...amount(conditions), ...lists, ...flag, ...conditions.rest()]
}

function amount(conditions: Part): Sentence[] {
  const range = conditions.part('amount')
  if (range === undefined) return []
  const bounds = [
    clause(range.money('min'), (least) => both(`不少于${least.zh}`, `at least ${least.en}`)),
    clause(range.money('max'), (most) => both(`不超过${most.zh}`, `at most ${most.en}`)),
  ]
  const { zh, en } = joined(bounds, '且', ' and ')
  const said = zh === '' ? [] : [range.says('', both(`交易金额${zh}。`, `The payment is ${en}.`))]
  return [...said, ...range.rest()]
}

const LISTS: readonly [key: string, zh: string, en: string, words?: Readonly<Record<string, Both>>][] = [
  ['paymentMethods', '支付方式限', 'Paid by one of', PAYMENT_METHODS],
  ['cardTypes', '卡类型限', 'Card types', CARD_TYPES],
  ['cardRegions', '发卡地限', 'Cards', CARD_REGIONS],
  ['schemes', '卡组织限', 'Card schemes', SCHEMES],
  ['issuers', '发卡行限', 'Issuers'],
  ['cardProducts', '卡产品限', 'Card products'],
  ['excludedCardProducts', '不含卡产品', 'Not card products'],
  ['binGroups', '卡 BIN 组限', 'Cards of the BIN groups'],
  ['cardWhitelists', '卡须在名单内', 'Only cards on the lists'],
  ['cardBlacklists', '不含名单内的卡', 'Not cards on the lists'],
  ['customerGroups', '客群限', 'Customers of the groups'],
  ['terminals', '终端限', 'Terminals'],
  ['mccs', '商户类别（MCC）限', 'Merchant categories (MCC)'],
  ['regions', '商户所在地区（含下辖）限', "The merchant's regions, with what belongs to them"],
  ['countries', '商户所在国家限', "The merchant's countries"],
  ['excludedCountries', '不含商户所在国家', "Not the merchant's countries"],
  ['facts', '交易系统须同时声明', 'The payment must state all of'],
]
