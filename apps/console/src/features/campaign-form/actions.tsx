import { Link } from '@tanstack/react-router'
import { Flex } from 'antd'
import { may, useSaid, useSession } from '../../shell/session'
import { words } from '../../texts'

interface Props {
  campaign: { code: string; latestVersion: number }
}

/** What a person does with a campaign's document, on pages of their own. */
export function CampaignActions({ campaign }: Props) {
  const say = useSaid()
  const { me } = useSession()
  const { code, latestVersion } = campaign
  const page = (name: string) => `/campaigns/${encodeURIComponent(code)}/${name}` as never
  return (
    <Flex gap={16} wrap align="center">
      {may(me, ['campaigns.make']) ? <Link to={page('edit')}>{say(EDIT)}</Link> : null}
      {latestVersion > 1 ? <Link to={page('compare')}>{say(COMPARE)}</Link> : null}
      {may(me, ['campaigns.make', 'campaigns.check']) ? <Link to={page('backtest')}>{say(BACKTEST)}</Link> : null}
    </Flex>
  )
}

const EDIT = words('修改', 'Change')
const COMPARE = words('版本比较', 'Compare versions')
const BACKTEST = words('回测', 'Back-test')
