import { sqlFolderMigration } from '../sql-folder'

export class Decisions1764000000002 extends sqlFolderMigration('0002-decisions') {
  name = 'Decisions1764000000002'
}
