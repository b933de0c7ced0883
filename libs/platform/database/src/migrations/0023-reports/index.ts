import { sqlFolderMigration } from '../sql-folder'

export class Reports1764000000023 extends sqlFolderMigration('0023-reports') {
  name = 'Reports1764000000023'
}
