import { setImmediate } from 'node:timers/promises'
import type { Campaign, DocumentWarning, Offer } from '@lijian/contracts/marketing'
import {
  CardGroupEntity,
  CustomerGroupEntity,
  MerchantEntity,
  MerchantGroupEntity,
  PartnerEntity,
} from '@lijian/database'
import { warningsInPieces, type WarningOptions } from '@lijian/warnings'
import { Any, type EntityManager, type EntityTarget, type ObjectLiteral } from 'typeorm'

/**
 * What is odd about a valid document, and what it names that is not stored (yet). Nothing here stops it: a draft may come before its
 * merchants. Payments go through the same process, so a document is looked at offer by offer, unless another thread has `found` what is odd
 * (`documentWarnings`).
 */
export async function draftWarnings(
  manager: EntityManager,
  document: Campaign,
  { options = {}, found }: { options?: WarningOptions; found?: DocumentWarning[] | undefined },
): Promise<DocumentWarning[]> {
  return [...(found ?? (await inPieces(document, options))), ...(await notStored(manager, document))]
}

async function inPieces(document: Campaign, options: WarningOptions): Promise<DocumentWarning[]> {
  const found: DocumentWarning[] = []
  for (const piece of warningsInPieces(document, options)) {
    found.push(...piece)
    await setImmediate()
  }
  return found
}

interface Named {
  code: string
  path: string
}

/** What a document names of one kind, and the table where it should stand. */
interface Kind {
  kind: string
  kindZh: string
  entity: EntityTarget<ObjectLiteral>
  key: string
  named: Named[]
  en: string
  zh: string
}

const kindsOf = (document: Campaign): Kind[] => [
  {
    kind: 'card group',
    kindZh: '卡组',
    entity: CardGroupEntity,
    key: 'code',
    named: ofOffers(document, ({ rule: { conditions = {} } }, at) =>
      (['binGroups', 'cardBlacklists', 'cardWhitelists'] as const).flatMap((key) =>
        placed(conditions[key], `${at}.rule.conditions.${key}`),
      ),
    ),
    en: 'no card is in it: store the group before the campaign is approved.',
    zh: '没有卡在其中:请在审批前录入该卡组。',
  },
  {
    kind: 'customer group',
    kindZh: '客户组',
    entity: CustomerGroupEntity,
    key: 'code',
    named: ofOffers(document, ({ rule: { conditions = {} } }, at) =>
      placed(conditions.customerGroups, `${at}.rule.conditions.customerGroups`),
    ),
    en: 'nobody is in it: store the group before the campaign is approved.',
    zh: '没有客户在其中:请在审批前录入该客户组。',
  },
  {
    kind: 'merchant group',
    kindZh: '商户组',
    entity: MerchantGroupEntity,
    key: 'code',
    named: ofOffers(document, ({ merchantGroups }, at) => placed(merchantGroups, `${at}.merchantGroups`)),
    en: 'no merchant is in it: store the group before the campaign is approved.',
    zh: '没有商户在其中:请在审批前录入该商户组。',
  },
  {
    kind: 'merchant',
    kindZh: '商户',
    entity: MerchantEntity,
    key: 'id',
    named: ofOffers(document, ({ merchants }, at) => placed(merchants, `${at}.merchants`)),
    en: 'its payments have no fee, MCC and region: check the code, or store the merchant.',
    zh: '其交易没有手续费、MCC 和地区:请核对编号,或录入该商户。',
  },
  {
    kind: 'partner',
    kindZh: '合作方',
    entity: PartnerEntity,
    key: 'code',
    named: prepaying(document),
    en: 'without a prepaid balance every offer that it funds is refused: store the partner and top it up.',
    zh: '没有预付余额,其出资的优惠都会被拒绝:请录入合作方并充值。',
  },
]

const ofOffers = ({ offers }: Campaign, of: (offer: Offer, at: string) => Named[]): Named[] =>
  offers.flatMap((offer, i) => of(offer, `offers[${i}]`))

const placed = (codes: readonly string[] | undefined, at: string): Named[] =>
  (codes ?? []).map((code, i) => ({ code, path: `${at}[${i}]` }))

/** Whose balances are reserved: the campaign's funders where an offer has none of its own. */
function prepaying(document: Campaign): Named[] {
  if (document.paymentMode !== 'prepay') return []
  const lists = [
    ...(document.offers.some(({ funders }) => funders === undefined)
      ? [{ funders: document.funders, at: 'funders' }]
      : []),
    ...document.offers.map(({ funders = [] }, i) => ({ funders, at: `offers[${i}].funders` })),
  ]
  return lists
    .flatMap(({ funders, at }) => funders.map(({ partner }, i) => ({ code: partner, path: `${at}[${i}].partner` })))
    .filter(({ code }) => code !== '@merchant')
}

/** Of one kind; a document may name 100,000 merchants, and one of them 100,000 times. */
const TOLD_MAX = 200

/** Each code once, where it first stands, with every place that names it. */
async function notStored(manager: EntityManager, document: Campaign): Promise<DocumentWarning[]> {
  const found: DocumentWarning[] = []
  for (const { kind, kindZh, entity, key, named, en, zh } of kindsOf(document)) {
    const paths = new Map<string, string[]>()
    for (const { code, path } of named) {
      const earlier = paths.get(code)
      if (earlier) earlier.push(path)
      else paths.set(code, [path])
    }
    const codes = await missing(manager, entity, key, [...paths.keys()])
    for (const [n, code] of codes.slice(0, TOLD_MAX).entries()) {
      const more = n === TOLD_MAX - 1 ? codes.length - TOLD_MAX : 0
      found.push({
        code: 'not_stored',
        level: 'warning',
        path: paths.get(code)![0]!,
        message: `${kind} ${code} is not stored${more > 0 ? `, nor are ${more} more` : ''}; ${en}`,
        messageZh: `${kindZh} ${code} ${more > 0 ? `及另外 ${more} 个` : ''}尚未录入,${zh}`,
        proof: { kind, code, paths: paths.get(code)!.slice(0, TOLD_MAX) },
      })
    }
  }
  return found
}

async function missing(
  manager: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  key: string,
  codes: readonly string[],
): Promise<string[]> {
  if (codes.length === 0) return []
  const rows = await manager.find(entity, { where: { [key]: Any(codes as string[]) }, select: { [key]: true } })
  const stored = new Set(rows.map((row) => String(row[key])))
  return codes.filter((code) => !stored.has(code))
}
