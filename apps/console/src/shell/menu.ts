import type { ListDefinition } from '../kit/define-list'
import { approvalList } from '../lists/approvals'
import { marketingLists } from '../lists/marketing'
import { moneyLists } from '../lists/money'
import { reportLists, reportScopes } from '../lists/reports'
import { routingLists, systemLists } from '../lists/system'
import { words } from '../texts'

export const LISTS = [approvalList, ...marketingLists, ...moneyLists, ...reportLists, ...routingLists, ...systemLists]

/** Where the menus lead: lists, and pages that are none. */
export type Place = Pick<ListDefinition, 'path' | 'title' | 'scopes'>
export const REPORTS: Place = { path: '/reports', title: words('报表目录', 'All reports'), scopes: reportScopes }
export const PLACES: readonly Place[] = [...LISTS, REPORTS]

const of = (...paths: string[]) => paths.map((path) => PLACES.find((place) => place.path === path)!)

/** The business's own menus, in its own order. */
export const MENU = [
  { key: 'approvals', title: words('审核', 'Approvals'), lists: of('/approvals') },
  { key: 'partners', title: words('合作方', 'Partners'), lists: of('/partners', '/partner-cycles') },
  {
    key: 'marketing',
    title: words('营销活动', 'Campaigns'),
    lists: of(
      '/campaigns',
      '/rule-templates',
      '/backtests',
      '/merchants',
      '/merchant-groups',
      '/card-groups',
      '/customer-groups',
      '/imports',
    ),
  },
  { key: 'transactions', title: words('交易', 'Transactions'), lists: of('/transactions') },
  {
    key: 'clearing',
    title: words('清算', 'Clearing'),
    lists: of('/clearing-runs', '/clearing-files', '/merchant-settlements'),
  },
  { key: 'reconciliation', title: words('对账', 'Reconciliation'), lists: of('/bill-imports', '/breaks', '/cases') },
  { key: 'reports', title: words('报表', 'Reports'), lists: of('/reports', '/report-runs', '/report-schedules') },
  {
    key: 'routing',
    title: words('路由', 'Routing'),
    lists: of('/capacity', '/suspensions', '/routing-versions', '/card-usage-cases'),
  },
  {
    key: 'system',
    title: words('系统', 'System'),
    lists: of(
      '/persons',
      '/approval-policies',
      '/delegations',
      '/tokens',
      '/sessions',
      '/roles',
      '/branches',
      '/clients',
      '/api-keys',
      '/audit',
    ),
  },
]
