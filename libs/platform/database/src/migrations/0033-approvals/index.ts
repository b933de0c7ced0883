import { sqlFolderMigration } from '../sql-folder'

export class Approvals1764000000033 extends sqlFolderMigration('0033-approvals', []) {
  name = 'Approvals1764000000033'
}
