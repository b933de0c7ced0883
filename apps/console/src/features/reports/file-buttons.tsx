import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Flex } from 'antd'
import { answerOf, api, type Schemas } from '../../api/client'
import { ProblemView } from '../../kit/problem-view'
import { useSaid, useSession } from '../../shell/session'
import { words } from '../../texts'

type Format = 'csv' | 'xlsx' | 'pdf'
const FORMATS: readonly Format[] = ['xlsx', 'csv', 'pdf']

interface Props {
  kind: Schemas['ReportRequestInput']['kind']
  /** What stands in the address. */
  asked: Readonly<Record<string, string>>
  section: string
  isReady: boolean
}

/** Has the report made as a file, and goes where it is watched and downloaded. The same report again is the same file. */
export function FileButtons({ kind, asked, section, isReady }: Props) {
  const say = useSaid()
  const navigate = useNavigate()
  const { language } = useSession()
  const making = useMutation({
    mutationFn: (format: Format) => {
      const { section: _, after: __, limit: ___, ...parameters } = asked
      const body = {
        ...{ kind, format, parameters: parameters as unknown as Schemas['ReportParameters'] },
        ...{ language: language === 'en' ? ('en' as const) : ('zh' as const), encoding: 'utf-8' as const },
        // An XLSX has them all.
        ...(format === 'xlsx' ? {} : { section }),
      }
      return answerOf(api.POST('/v1/report-runs', { body }))
    },
    onSuccess: ({ id }) => void navigate({ to: `/report-runs/${id}` as never }),
  })
  return (
    <>
      <Flex gap={8} align="center">
        <span className="quiet">{say(AS_FILE)}</span>
        {FORMATS.map((format) => (
          <Button
            key={format}
            size="small"
            disabled={!isReady}
            loading={making.isPending && making.variables === format}
            onClick={() => making.mutate(format)}
          >
            {format.toUpperCase()}
          </Button>
        ))}
      </Flex>
      {making.isError ? <ProblemView error={making.error} /> : null}
    </>
  )
}

const AS_FILE = words('生成文件：', 'As a file:')
