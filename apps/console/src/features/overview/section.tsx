import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Flex, Skeleton, Typography } from 'antd'
import type { ReactNode } from 'react'
import { ProblemView } from '../../kit/problem-view'
import { useSaid } from '../../shell/session'
import type { Words } from '../../texts'

const EVERY_MS = 30_000

/** Asked again and again, and never by hand: it keeps no session alive. */
export const useWatched = <Answer,>(key: readonly string[], ask: () => Promise<Answer>) =>
  useQuery({ queryKey: ['overview', ...key], queryFn: ask, refetchInterval: EVERY_MS })

interface SectionProps<Answer> {
  title: Words
  /** The list that it is cut from. */
  to: string
  search?: Record<string, string>
  of: UseQueryResult<Answer>
  children: (answer: NonNullable<Answer>) => ReactNode
}

/** A part of the overview; its heading leads to the whole list. */
export function Section<Answer>({ title, to, search = {}, of, children }: SectionProps<Answer>) {
  const say = useSaid()
  return (
    <section aria-label={say(title)} className="wide" tabIndex={0}>
      <Typography.Title level={2} style={{ fontSize: 16 }}>
        <Link to={to} search={search as never}>
          {say(title)}
        </Link>
      </Typography.Title>
      <Flex vertical gap={8}>
        {of.isError ? <ProblemView error={of.error} /> : null}
        {of.isPending ? <Skeleton active paragraph={{ rows: 2 }} /> : null}
        {of.data === undefined || of.data === null ? null : children(of.data)}
      </Flex>
    </section>
  )
}
