import { Flex, Typography } from 'antd'
import { may, useSaid, useSession } from '../../shell/session'
import { words } from '../../texts'
import { Budgets, Capacity, Today } from './business'
import { FlowLinks } from './flow-links'
import { Clearing, Partners } from './money'
import { Waiting } from './waiting'

/** What waits for the person, and what is near its end. Each number leads to the list that it counts. */
export function OverviewPage() {
  const say = useSaid()
  const { me } = useSession()
  return (
    <Flex vertical gap={16}>
      <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
        {say(TITLE)}
      </Typography.Title>
      <Waiting />
      {may(me, ['finance', 'read.clearing']) ? <Today /> : null}
      {may(me, ['read.marketing', 'campaigns.make', 'campaigns.check']) ? <Budgets /> : null}
      {may(me, ['read.money', 'partners', 'funding.make', 'funding.check']) ? <Partners /> : null}
      {may(me, ['finance', 'read.clearing']) ? <Clearing /> : null}
      {may(me, ['routing', 'read.routing']) ? <Capacity /> : null}
      <FlowLinks />
    </Flex>
  )
}

const TITLE = words('工作台', 'Overview')
