import { sqlFolderMigration } from '../sql-folder'

export class MemberGroups1764000000056 extends sqlFolderMigration('0056-member-groups', [
  'note_campaign_groups',
  'demand_approval',
]) {
  name = 'MemberGroups1764000000056'
}
