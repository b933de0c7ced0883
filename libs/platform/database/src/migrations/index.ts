import { Initial1764000000001 } from './0001-initial'
import { Decisions1764000000002 } from './0002-decisions'
import { Groups1764000000003 } from './0003-groups'
import { Money1764000000004 } from './0004-money'
import { Funding1764000000006 } from './0006-funding'
import { Clearing1764000000007 } from './0007-clearing'
import { Cycles1764000000008 } from './0008-cycles'
import { Reconciliation1764000000009 } from './0009-reconciliation'
import { Books1764000000010 } from './0010-books'
import { Routing1764000000011 } from './0011-routing'
import { CardUsage1764000000012 } from './0012-card-usage'
import { RouteCapacity1764000000013 } from './0013-route-capacity'
import { Told1764000000014 } from './0014-told'
import { MayOmitPaid1764000000015 } from './0015-may-omit-paid'
import { Resumption1764000000016 } from './0016-resumption'
import { Currencies1764000000019 } from './0019-currencies'
import { CheapTables1764000000020 } from './0020-cheap-tables'
import { BillsAsTheyAre1764000000021 } from './0021-bills-as-they-are'
import { Reports1764000000023 } from './0023-reports'
import { RollUps1764000000024 } from './0024-roll-ups'
import { ReportColumns1764000000025 } from './0025-report-columns'
import { SerialsLikeCards1764000000026 } from './0026-serials-like-cards'
import { Locks1764000000027 } from './0027-locks'
import { SealedWebhooks1764000000028 } from './0028-sealed-webhooks'
import { Refusals1764000000030 } from './0030-refusals'
import { Backtests1764000000031 } from './0031-backtests'
import { People1764000000032 } from './0032-people'
import { Approvals1764000000033 } from './0033-approvals'
import { Tokens1764000000034 } from './0034-tokens'
import { Audit1764000000035 } from './0035-audit'
import { Decided1764000000036 } from './0036-decided'
import { Merchants1764000000037 } from './0037-merchants'
import { Identities1764000000038 } from './0038-identities'
import { Menus1764000000039 } from './0039-menus'
import { BacktestRuns1764000000040 } from './0040-backtest-runs'
import { RuleTemplates1764000000041 } from './0041-rule-templates'
import { Erasure1764000000042 } from './0042-erasure'
import { Administration1764000000043 } from './0043-administration'
import { RoutingDrafts1764000000045 } from './0045-routing-drafts'
import { PartnerDrafts1764000000046 } from './0046-partner-drafts'
import { MerchantGroups1764000000047 } from './0047-merchant-groups'
import { ClientBounds1764000000048 } from './0048-client-bounds'
import { ErasureSalt1764000000051 } from './0051-erasure-salt'
import { ReadAreas1764000000052 } from './0052-read-areas'
import { Whose1764000000053 } from './0053-whose'
import { Approved1764000000055 } from './0055-approved'
import { MemberGroups1764000000056 } from './0056-member-groups'
import { OneLook1764000000057 } from './0057-one-look'

/** In order of their time stamps; TypeORM keeps what was applied in the table "migrations". */
export const migrations = [
  Initial1764000000001,
  Decisions1764000000002,
  Groups1764000000003,
  Money1764000000004,
  Funding1764000000006,
  Clearing1764000000007,
  Cycles1764000000008,
  Reconciliation1764000000009,
  Books1764000000010,
  Routing1764000000011,
  CardUsage1764000000012,
  RouteCapacity1764000000013,
  Told1764000000014,
  MayOmitPaid1764000000015,
  Resumption1764000000016,
  Currencies1764000000019,
  CheapTables1764000000020,
  BillsAsTheyAre1764000000021,
  Reports1764000000023,
  RollUps1764000000024,
  ReportColumns1764000000025,
  SerialsLikeCards1764000000026,
  Locks1764000000027,
  SealedWebhooks1764000000028,
  Refusals1764000000030,
  Backtests1764000000031,
  People1764000000032,
  Approvals1764000000033,
  Tokens1764000000034,
  Audit1764000000035,
  Decided1764000000036,
  Merchants1764000000037,
  Identities1764000000038,
  Menus1764000000039,
  BacktestRuns1764000000040,
  RuleTemplates1764000000041,
  Erasure1764000000042,
  Administration1764000000043,
  RoutingDrafts1764000000045,
  PartnerDrafts1764000000046,
  MerchantGroups1764000000047,
  ClientBounds1764000000048,
  ErasureSalt1764000000051,
  ReadAreas1764000000052,
  Whose1764000000053,
  Approved1764000000055,
  MemberGroups1764000000056,
  OneLook1764000000057,
]
