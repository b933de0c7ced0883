import { sqlFolderMigration } from '../sql-folder'

export class RoutingDrafts1764000000045 extends sqlFolderMigration('0045-routing-drafts', []) {
  name = 'RoutingDrafts1764000000045'
}
