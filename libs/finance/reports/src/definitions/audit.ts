import type { ReportColumn } from '@lijian/contracts/finance'
import type { Ask, ReportDefinition, Section } from '../definition'
import { endInstant, firstInstant, inInstants, second, secondsBetween } from '../instants'

const text = (key: string, zh: string, en: string): ReportColumn => ({ key, zh, en, type: 'text' })
const integer = (key: string, zh: string, en: string): ReportColumn => ({ key, zh, en, type: 'integer' })
const instant = (key: string, zh: string, en: string): ReportColumn => ({ key, zh, en, type: 'instant' })

const at = instant('at', '时间', 'Time')
const source = text('source', '来源', 'Source')
const entry = text('entry', '记录', 'Entry')
const kind = text('kind', '种类', 'Kind')
const subject = text('subject', '对象', 'Subject')
const maker = text('maker', '经办', 'Maker')
const checker = text('checker', '复核', 'Checker')

/** What was changed in the dates. A numbered change (config_change) names no actor; the version or stop that it announces does. */
const changesOf = (ask: Ask): string => `
  SELECT changed_at AS at, 'config_change' AS source, id::text AS entry, kind, code AS subject, NULL::integer AS version, '' AS actor
    FROM config_change WHERE ${inInstants('changed_at', ask)}
  UNION ALL SELECT created_at, 'campaign_version', code || ' ' || version, 'campaign', code, version, maker
    FROM campaign_version WHERE ${inInstants('created_at', ask)}
  UNION ALL SELECT created_at, 'routing_version', version::text, 'routing', '', version, maker
    FROM routing_version WHERE ${inInstants('created_at', ask)}
  UNION ALL SELECT suspended_at, 'suspension', ref, 'suspended', ref, NULL, suspended_by FROM suspension WHERE ${inInstants('suspended_at', ask)}
  UNION ALL SELECT resumed_at, 'resumption', ref, 'resumed', ref, NULL, resumed_by FROM resumption WHERE ${inInstants('resumed_at', ask)}
  UNION ALL SELECT created_at, 'api_key', id, 'key_made', id, NULL, '' FROM api_key WHERE ${inInstants('created_at', ask)}
  UNION ALL SELECT revoked_at, 'api_key', id, 'key_revoked', id, NULL, '' FROM api_key WHERE ${inInstants('revoked_at', ask)}`

const changes: Section = {
  section: 'changes',
  zh: '变更',
  en: 'Changes',
  columns: [at, source, entry, kind, subject, integer('version', '版本', 'Version'), text('actor', '操作者', 'Actor')],
  keys: ['at', 'source', 'entry', 'kind'],
  sums: [],
  rows: (ask) =>
    `SELECT ${second('at')} AS at, source, entry, kind, subject, version, actor FROM (${changesOf(ask)}) c`,
}

const eitherIn = (made: string, checked: string, ask: Ask) =>
  `(${inInstants(made, ask)}) OR (${inInstants(checked, ask)})`
const CASE_MADE = `(explanation ->> 'at')::timestamptz`
const CASE_CHECKED = `(decision ->> 'at')::timestamptz`

/** Whatever takes two people, when it was entered or decided in the dates. */
const approvalsOf = (ask: Ask): string => `
  SELECT 'proposal' AS source, id::text AS entry, kind, subject, maker, made_at, coalesce(checker, '') AS checker, checked_at, state, coalesce(reason, '') AS reason
    FROM proposal WHERE ${eitherIn('made_at', 'checked_at', ask)}
  UNION ALL SELECT 'campaign_version', code || ' ' || version, 'campaign', code, maker, created_at, coalesce(checker, ''), approved_at, state, ''
    FROM campaign_version WHERE ${eitherIn('created_at', 'approved_at', ask)}
  UNION ALL SELECT 'card_usage_case', id::text, 'card_usage_case', merchant || ' ' || method, coalesce(explanation ->> 'by', ''), ${CASE_MADE},
      coalesce(decision ->> 'by', ''), ${CASE_CHECKED}, state, coalesce(decision ->> 'reason', '')
    FROM card_usage_case WHERE explanation IS NOT NULL AND (${eitherIn(CASE_MADE, CASE_CHECKED, ask)})`

const approvals: Section = {
  section: 'approvals',
  zh: '复核',
  en: 'Approvals',
  columns: [
    source,
    entry,
    kind,
    subject,
    maker,
    instant('made_at', '经办时间', 'Made at'),
    checker,
    instant('checked_at', '复核时间', 'Decided at'),
    text('state', '状态', 'State'),
    integer('seconds', '用时（秒）', 'Seconds to decide'),
  ],
  keys: ['source', 'entry'],
  sums: [],
  rows: (
    ask,
  ) => `SELECT source, entry, kind, subject, maker, ${second('made_at')} AS made_at, checker, ${second('checked_at')} AS checked_at, state,
    ${secondsBetween('made_at', 'checked_at')} AS seconds FROM (${approvalsOf(ask)}) a`,
}

const times: Section = {
  section: 'times',
  zh: '复核用时',
  en: 'Time to decide',
  columns: [
    kind,
    integer('decided', '已复核', 'Decided'),
    integer('waiting', '未复核', 'Not decided'),
    integer('mean_seconds', '平均用时（秒）', 'Mean seconds'),
    integer('longest_seconds', '最长用时（秒）', 'Longest seconds'),
  ],
  keys: ['kind'],
  sums: ['decided', 'waiting'],
  rows: (ask) => `SELECT kind, count(seconds)::bigint AS decided, (count(*) - count(seconds))::bigint AS waiting,
      div(sum(seconds), nullif(count(seconds), 0))::bigint AS mean_seconds, max(seconds)::bigint AS longest_seconds
    FROM (SELECT kind, ${secondsBetween('made_at', 'checked_at')} AS seconds FROM (${approvalsOf(ask)}) a) t GROUP BY kind`,
  charts: (rows) => [
    {
      kind: 'bar',
      zh: '平均复核用时（秒）',
      en: 'Mean seconds to decide',
      type: 'integer',
      categories: rows.map((row) => String(row['kind'])),
      series: [{ zh: '秒', en: 'Seconds', values: rows.map((row) => Number(row['mean_seconds'])) }],
    },
  ],
}

/** What a second person did not let through. Refused requests of keys are no rows: the metrics count them. */
const refusals: Section = {
  section: 'refusals',
  zh: '驳回',
  en: 'Refusals',
  columns: [at, source, entry, kind, subject, maker, checker, text('reason', '理由', 'Reason')],
  keys: ['at', 'source', 'entry'],
  sums: [],
  rows: (
    ask,
  ) => `SELECT ${second('checked_at')} AS at, source, entry, kind, subject, maker, checker, reason FROM (${approvalsOf(ask)}) a
    WHERE ${inInstants('checked_at', ask)} AND (state = 'rejected' OR (source = 'card_usage_case' AND state <> 'reopened'))`,
}

/** One key may hold both halves of what two people do; then four eyes rest on the CHECK that maker and checker differ. */
const holds = (...scopes: string[]) => `scopes @> ARRAY[${scopes.map((one) => `'${one}'`).join(', ')}]`

const keys: Section = {
  section: 'keys',
  zh: '权限',
  en: 'Who may do what',
  columns: [
    text('key', '密钥编号', 'Key'),
    text('name', '名称', 'Name'),
    text('client', '系统', 'Client'),
    text('client_name', '系统名称', 'Name of the client'),
    text('scopes', '权限范围', 'Scopes'),
    { key: 'both_hands', zh: '兼经办与复核', en: 'Makes and checks', type: 'flag' },
    instant('created_at', '生成时间', 'Made at'),
    instant('revoked_at', '吊销时间', 'Revoked at'),
  ],
  keys: ['key'],
  sums: [],
  rows: (
    ask,
  ) => `SELECT k.id AS key, k.name, coalesce(k.client, '') AS client, coalesce(c.name, p.name) AS client_name, array_to_string(ARRAY(SELECT s FROM unnest(k.scopes) s ORDER BY s COLLATE "C"), ' ') AS scopes,
      (${holds('campaigns.make', 'campaigns.check')} OR ${holds('funding.make', 'funding.check')}) AS both_hands,
      ${second('k.created_at')} AS created_at, ${second('k.revoked_at')} AS revoked_at
    FROM api_key k LEFT JOIN client c ON c.code = k.client LEFT JOIN person p ON p.id = k.person
    WHERE k.created_at < ${endInstant(ask)} AND (k.revoked_at IS NULL OR k.revoked_at >= ${firstInstant(ask)})`,
}

const accesses: Section = {
  section: 'accesses',
  zh: '报表查阅',
  en: 'Accesses to reports',
  columns: [
    at,
    integer('entry', '记录', 'Entry'),
    text('act', '行为', 'Act'),
    text('actor', '操作者', 'Actor'),
    integer('run', '报表编号', 'Run'),
    text('report', '报表', 'Report'),
    text('format', '格式', 'Format'),
    text('requested_by', '申请者', 'Requested by'),
  ],
  keys: ['at', 'entry'],
  sums: [],
  rows: (
    ask,
  ) => `SELECT ${second('a.at')} AS at, a.id AS entry, a.act, a.actor, a.run, r.kind AS report, r.format, r.requested_by
    FROM report_access a JOIN report_run r ON r.id = a.run WHERE ${inInstants('a.at', ask)}`,
}

/** 审计: what was changed, who approved and refused what after how long, who may do what, who read which report. Actors are keys. */
export const auditReport: ReportDefinition = {
  kind: 'audit',
  zh: '审计报表',
  en: 'Audit',
  scopes: ['admin', 'read.people'],
  needs: [],
  takes: [],
  version: 1,
  basis: 'live',
  sections: [changes, approvals, times, refusals, keys, accesses],
}
