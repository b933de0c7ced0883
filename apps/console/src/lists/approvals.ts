import { defineList } from '../kit/define-list'
import { words } from '../texts'
import * as head from './heads'

export const approvalList = defineList({
  path: '/approvals',
  title: words('审核', 'Approvals'),
  scopes: [],
  from: '/v1/approvals',
  rows: 'approvals',
  id: 'id',
  ownDetail: true,
  filters: [
    { name: 'mine', label: words('与我有关', 'Mine'), options: ['waiting', 'made'] },
    { name: 'state', label: head.STATE, options: ['proposed', 'approved', 'rejected', 'withdrawn', 'expired'] },
    { name: 'kind', label: head.KIND },
    { name: 'branch', label: head.BRANCH },
    { name: 'subject', label: words('对象', 'Subject') },
  ],
  columns: [
    { key: 'id', head: head.ID },
    { key: 'title', head: head.KIND, show: 'words' },
    { key: 'subject', head: words('对象', 'Subject') },
    { key: 'state', head: head.STATE, show: 'state' },
    { key: 'amountFen', head: head.AMOUNT, show: 'money' },
    { key: 'branch', head: head.BRANCH },
    { key: 'maker', head: head.MAKER },
    { key: 'madeAt', head: head.MADE_AT, show: 'instant' },
    { key: 'checker', head: head.CHECKER },
  ],
  empty: words('没有等待审核的事项', 'Nothing waits'),
})
