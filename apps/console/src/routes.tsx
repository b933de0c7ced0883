import { createRootRoute, createRoute, createRouter, Link } from '@tanstack/react-router'
import { late } from './kit/late'
import { ListPage } from './kit/list-page'
import { Frame } from './shell/frame'
import { LISTS, REPORTS, type Place } from './shell/menu'
import { may, useSaid, useSession } from './shell/session'
import { useLook } from './shell/look'
import { words } from './texts'

type Search = Record<string, string | undefined>

const root = createRootRoute({
  component: () => <Frame look={useLook()} />,
  notFoundComponent: NotHere,
  validateSearch: (search: Record<string, unknown>): Search =>
    Object.fromEntries(
      Object.entries(search).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    ),
})

function NotHere() {
  const say = useSaid()
  return (
    <div className="nothing-here">
      <h1>{say(NOT_HERE)}</h1>
      <Link to="/">{say(HOME)}</Link>
    </div>
  )
}

/** A page that the person may not open is told like one that does not exist. */
function Guarded({ list, children }: { list: Place; children: React.ReactNode }) {
  const { me } = useSession()
  return may(me, list.scopes) ? children : <NotHere />
}

function NewCampaign() {
  const say = useSaid()
  const { me } = useSession()
  if (!may(me, ['campaigns.make'])) return null
  return (
    <div style={{ display: 'flex', gap: 16, marginBottom: 8 }}>
      <Link to={'/campaigns/new' as never}>{say(NEW_CAMPAIGN)}</Link>
      <Link to="/rule-templates">{say(FROM_TEMPLATE)}</Link>
    </div>
  )
}

/** Frame and lists are the first load; every other page comes when somebody opens it. */
const OverviewPage = late(async () => (await import('./features/overview/overview-page')).OverviewPage)
const RecordPage = late(async () => (await import('./kit/record-page')).RecordPage)
const ApprovalPage = late(async () => (await import('./features/approvals/approval-page')).ApprovalPage)
const CampaignPage = late(async () => (await import('./features/campaigns/campaign-page')).CampaignPage)
const NewCampaignPage = late(async () => (await import('./features/campaign-form/campaign-form-page')).NewCampaignPage)
const EditCampaignPage = late(
  async () => (await import('./features/campaign-form/campaign-form-page')).EditCampaignPage,
)
const ComparePage = late(async () => (await import('./features/campaigns/compare-page')).ComparePage)
const StartBacktestPage = late(async () => (await import('./features/backtests/start-page')).StartBacktestPage)
const BacktestPage = late(async () => (await import('./features/backtests/backtest-page')).BacktestPage)
const TemplatePage = late(async () => (await import('./features/templates/template-page')).TemplatePage)
const CataloguePage = late(async () => (await import('./features/reports/catalogue-page')).CataloguePage)
const ReportPage = late(async () => (await import('./features/reports/report-page')).ReportPage)
const RunPage = late(async () => (await import('./features/reports/run-page')).RunPage)
const TransactionPage = late(async () => (await import('./features/transactions/transaction-page')).TransactionPage)

const OWN: Readonly<Record<string, (props: object) => React.ReactNode>> = {
  '/approvals': ApprovalPage,
  '/backtests': BacktestPage,
  '/campaigns': CampaignPage,
  '/report-runs': RunPage,
  '/rule-templates': TemplatePage,
  '/transactions': TransactionPage,
}

const pages = LISTS.flatMap((list) => {
  const Own = OWN[list.path]
  const whole = createRoute({
    getParentRoute: () => root,
    path: list.path,
    component: () => (
      <Guarded list={list}>
        {list.path === '/campaigns' ? <NewCampaign /> : null}
        <ListPage key={list.path} list={list} />
      </Guarded>
    ),
  })
  if (list.detail === undefined && Own === undefined) return [whole]
  const one = createRoute({
    getParentRoute: () => root,
    path: `${list.path}/$id`,
    component: () => <Guarded list={list}>{Own === undefined ? <RecordPage list={list} /> : <Own />}</Guarded>,
  })
  return [whole, one]
})

/** Pages beside a list that stand on none of its rows, or do something with one. */
const campaigns = LISTS.find((one) => one.path === '/campaigns')!
const BESIDE = [
  { of: campaigns, path: '/campaigns/new', Page: NewCampaignPage },
  { of: campaigns, path: '/campaigns/$id/edit', Page: EditCampaignPage },
  { of: campaigns, path: '/campaigns/$id/compare', Page: ComparePage },
  { of: campaigns, path: '/campaigns/$id/backtest', Page: StartBacktestPage },
  { of: REPORTS, path: '/reports', Page: CataloguePage },
  { of: REPORTS, path: '/reports/$kind', Page: ReportPage },
] as const
const beside = BESIDE.map(({ of: list, path, Page }) => {
  const component = () => (
    <Guarded list={list}>
      <Page />
    </Guarded>
  )
  return createRoute({ getParentRoute: () => root, path, component })
})

const overview = createRoute({ getParentRoute: () => root, path: '/', component: OverviewPage })

export const router = createRouter({
  routeTree: root.addChildren([overview, ...pages, ...beside]),
  basepath: '/console',
})

const NEW_CAMPAIGN = words('新建活动', 'New campaign')
const FROM_TEMPLATE = words('从规则模版新建', 'From a template')
const NOT_HERE = words('没有这个页面，或您无权查看', 'This page does not exist, or you may not see it')
const HOME = words('回到工作台', 'Back to the overview')
