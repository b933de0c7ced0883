import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Alert, Button, Card, Col, Flex, Form, Input, Row, Skeleton, Typography } from 'antd'
import { useEffect, useState } from 'react'
import { answerOf, api, ApiProblem, type Schemas } from '../../api/client'
import { ProblemView } from '../../kit/problem-view'
import { State } from '../../kit/values'
import { may, useSaid, useSession } from '../../shell/session'
import { words } from '../../texts'
import { ParameterField, sentOf, shownOf, type Parameter } from './parameter-field'

type Template = Schemas['RuleTemplateAnswer']
type Values = Record<string, unknown>
type Sent = Schemas['FromTemplateRequest']['parameters']

/** A rule template: a form for its parameters, what the campaign would do in words, and the campaign itself. */
export function TemplatePage() {
  const { id: code } = useParams({ strict: false }) as { id: string }
  const say = useSaid()
  const { language } = useSession()
  const query = useQuery({
    queryKey: ['/v1/rule-templates', code],
    queryFn: () => answerOf(api.GET('/v1/rule-templates/{code}', { params: { path: { code } } })),
  })
  if (query.isError) return <ProblemView error={query.error} again={() => void query.refetch()} />
  if (query.isPending) return <Skeleton active />
  const { names, state } = query.data
  return (
    <Flex vertical gap={16}>
      <Flex gap={8} align="baseline">
        <Link to="/rule-templates">{say(TEMPLATES)}</Link>
        <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
          {names[language]}
        </Typography.Title>
        <State state={state} />
      </Flex>
      <MakeCampaign template={query.data} />
    </Flex>
  )
}

const parametersOf = ({ document }: Template) =>
  Object.entries((document.parameters as unknown as { properties: Record<string, Parameter> }).properties)

function MakeCampaign({ template }: { template: Template }) {
  const say = useSaid()
  const { me } = useSession()
  const navigate = useNavigate()
  const [form] = Form.useForm<Values>()
  const parameters = parametersOf(template)
  const [shown, setShown] = useState<Values>(() =>
    Object.fromEntries(parameters.map(([name, one]) => [name, shownOf(one, one.default)])),
  )
  const { code, name } = shown as { code?: string; name?: string }
  const sent = Object.fromEntries(parameters.map(([key, one]) => [key, sentOf(one, shown[key])])) as Sent
  const asked = useSettled(JSON.stringify({ parameters: sent, ...(code ? { code } : {}), ...(name ? { name } : {}) }))
  const path = { params: { path: { code: template.code } } }
  const preview = useQuery({
    queryKey: ['/v1/rule-templates', template.code, 'preview', asked],
    queryFn: () =>
      answerOf(api.POST('/v1/rule-templates/{code}/preview', { ...path, body: JSON.parse(asked) as never })),
    placeholderData: (before) => before,
  })
  const make = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/v1/campaigns/from-template', {
          body: {
            template: template.code,
            version: template.version,
            code: code ?? '',
            ...(name ? { name } : {}),
            parameters: sent,
          },
        }),
      ),
    onSuccess: (made) => void navigate({ to: `/campaigns/${made.code}` }),
  })
  const faults = faultsOf(make.error ?? preview.error)
  return (
    <Row gutter={16}>
      <Col xs={24} lg={11}>
        <Form
          form={form}
          layout="vertical"
          initialValues={shown}
          requiredMark={false}
          onValuesChange={(_, all) => setShown(all)}
          onFinish={() => make.mutate()}
        >
          <Fields parameters={parameters} faults={faults} />
          {make.isError ? <ProblemView error={make.error} /> : null}
          <Button
            type="primary"
            htmlType="submit"
            loading={make.isPending}
            disabled={!code || !may(me, ['campaigns.make']) || template.approvedVersion !== template.version}
          >
            {say(MAKE)}
          </Button>
        </Form>
      </Col>
      <Col xs={24} lg={13}>
        <Preview preview={preview.data} error={Object.keys(faults).length > 0 ? undefined : preview.error} />
      </Col>
    </Row>
  )
}

interface FieldsProps {
  parameters: ReturnType<typeof parametersOf>
  faults: Record<string, string>
}
function Fields({ parameters, faults }: FieldsProps) {
  const say = useSaid()
  return (
    <>
      <Form.Item name="code" label={say(CODE)} extra={say(CODE_RULE)} {...faultOf(faults['code'])}>
        <Input />
      </Form.Item>
      <Form.Item name="name" label={say(NAME)} extra={say(NAME_RULE)}>
        <Input />
      </Form.Item>
      {parameters.map(([key, one]) => (
        <ParameterField key={key} name={key} parameter={one} error={faults[`parameters.${key}`]} />
      ))}
    </>
  )
}

type Shown = Pick<Schemas['TemplatePreview'], 'sentences' | 'warnings'> & { document: unknown }

function Preview({ preview, error }: { preview: Shown | undefined; error: unknown }) {
  const say = useSaid()
  return (
    <Card size="small" title={say(DOES)} role="status">
      {error ? <ProblemView error={error} /> : null}
      <ul>
        {preview?.sentences.map((sentence) => (
          <li key={sentence.en}>{say({ en: sentence.en, zh: sentence['zh-CN'] })}</li>
        ))}
      </ul>
      {preview?.warnings.map(({ path, message, messageZh }) => (
        <Alert
          key={`${path} ${message}`}
          type="warning"
          title={say({ en: message, zh: messageZh ?? message })}
          description={<code>{path}</code>}
        />
      ))}
      <details>
        <summary>{say(DOCUMENT)}</summary>
        <pre className="json">{JSON.stringify(preview?.document, null, 2)}</pre>
      </details>
    </Card>
  )
}

/** What is typed, half a second after the last key. */
function useSettled(value: string): string {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => settle(value), 500)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** By the field that each names; of a parameter's part the parameter. */
function faultsOf(error: unknown): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {}
  const named = (error.problem.errors ?? []).map(({ path, message }) => [
    path.replace(/^(parameters\.[^.[]+).*/, '$1'),
    message,
  ])
  return Object.fromEntries(named) as Record<string, string>
}
const faultOf = (help: string | undefined) => (help === undefined ? {} : ({ help, validateStatus: 'error' } as const))

const TEMPLATES = words('规则模版', 'Rule templates')
const CODE = words('活动编码', 'Code of the campaign')
const CODE_RULE = words('1 至 64 位字母、数字和 . _ -', '1 to 64 letters, digits and . _ -')
const NAME = words('活动名称', 'Name of the campaign')
const NAME_RULE = words('不填则按参数生成', 'Left out: made of the parameters')
const MAKE = words('提交审核', 'Hand in for approval')
const DOES = words('这个活动会做什么', 'What this campaign does')
const DOCUMENT = words('活动文档', 'The document')
