import { defineList, type ListDefinition } from '../kit/define-list'
import { words } from '../texts'
import * as head from './heads'

/** Each report asks for its own among these. */
export const reportScopes: ListDefinition['scopes'] = [
  'campaigns.make',
  'campaigns.check',
  'routing',
  'funding.make',
  'funding.check',
  'cases',
  'reconciliation',
  'finance',
  'read.marketing',
  'read.money',
  'read.clearing',
  'read.routing',
  'read.people',
  'admin',
]

export const reportLists = [
  defineList({
    path: '/report-runs',
    title: words('报表文件', 'Report files'),
    scopes: reportScopes,
    from: '/v1/report-runs',
    rows: 'runs',
    id: 'id',
    ownDetail: true,
    filters: [
      { name: 'kind', label: head.KIND },
      { name: 'state', label: head.STATE },
    ],
    columns: [
      { key: 'id', head: head.ID },
      { key: 'kind', head: head.KIND },
      { key: 'format', head: words('格式', 'Format') },
      { key: 'state', head: head.STATE, show: 'state' },
      { key: 'rows', head: words('行数', 'Rows'), show: 'number' },
      { key: 'fileName', head: words('文件名', 'File name') },
      { key: 'requestedBy', head: head.MAKER },
      { key: 'requestedAt', head: head.MADE_AT, show: 'instant' },
    ],
    empty: words('还没有报表文件：在报表目录里打开一份报表，再生成文件', 'No report was made as a file yet: open one under Reports, and make a file of it'), // prettier-ignore
  }),
  defineList({
    path: '/report-schedules',
    title: words('定时报表', 'Report schedules'),
    scopes: reportScopes,
    from: '/v1/report-schedules',
    rows: 'schedules',
    id: 'code',
    isWhole: true,
    rowActions: true,
    columns: [
      { key: 'code', head: head.CODE },
      { key: 'name', head: head.NAME },
      { key: 'kind', head: words('报表', 'Report') },
      { key: 'range', head: words('日期范围', 'Dates') },
      { key: 'format', head: words('格式', 'Format') },
      { key: 'at', head: words('时刻', 'At') },
      { key: 'deliverTo', head: words('送往', 'Sent to') },
      { key: 'active', head: words('启用', 'Active'), show: 'yes' },
      { key: 'updatedBy', head: head.CHANGED_BY },
      { key: 'updatedAt', head: head.CHANGED_AT, show: 'instant' },
    ],
    empty: words('还没有定时报表：新建一个，系统就会按时生成并送出', 'No schedule yet: make one, and its report is made and sent on time'), // prettier-ignore
  }),
]
