import { sqlFolderMigration } from '../sql-folder'

export class CheapTables1764000000020 extends sqlFolderMigration('0020-cheap-tables', ['reconcile_day']) {
  name = 'CheapTables1764000000020'
}
