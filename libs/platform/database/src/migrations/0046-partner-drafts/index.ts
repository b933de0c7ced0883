import { sqlFolderMigration } from '../sql-folder'

export class PartnerDrafts1764000000046 extends sqlFolderMigration('0046-partner-drafts', []) {
  name = 'PartnerDrafts1764000000046'
}
