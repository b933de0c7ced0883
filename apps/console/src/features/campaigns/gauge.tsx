import { Flex, Progress } from 'antd'
import type { Schemas } from '../../api/client'
import { Money } from '../../kit/values'
import { useSaid } from '../../shell/session'
import { words } from '../../texts'

export type Limit = Schemas['CampaignUsage']['limits'][number]

/** What a limit measures: its amount, else its count. */
export function measuredOf({
  amount,
  count,
}: Limit): { most: number | undefined; used: number; held: number } | undefined {
  const measured = (amount ?? count) as { limit?: number; used: number; held: number } | undefined | null
  return measured === undefined || measured === null
    ? undefined
    : { most: measured.limit, used: measured.used, held: measured.held }
}

export const percentOf = (value: number, most: number | undefined): number =>
  most === undefined || most === 0 ? 0 : Math.min(100, (value * 100) / most)

/** Used and held apart: what is held may still come back. */
export function Gauge({ limit, currency }: { limit: Limit; currency: string }) {
  const say = useSaid()
  const measured = measuredOf(limit)
  if (measured === undefined) return null
  const { most, used, held } = measured
  const isAmount = limit.amount !== undefined && limit.amount !== null
  const shown = (value: number) => (isAmount ? <Money minor={value} currency={currency} /> : value.toLocaleString('en'))
  return (
    <Flex vertical>
      <Progress
        percent={percentOf(used + held, most)}
        success={{ percent: percentOf(used, most) }}
        showInfo={false}
        size="small"
        aria-label={`${limit.limit}: ${Math.round(percentOf(used + held, most))}%`}
      />
      <span>
        {say(USED)} {shown(used)} · {say(HELD)} {shown(held)}
        {most === undefined ? null : <> / {shown(most)}</>}
      </span>
    </Flex>
  )
}

export const USED = words('已用', 'Used')
const HELD = words('占用', 'Held')
