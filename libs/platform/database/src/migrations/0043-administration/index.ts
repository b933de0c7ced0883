import { sqlFolderMigration } from '../sql-folder'

export class Administration1764000000043 extends sqlFolderMigration('0043-administration', []) {
  name = 'Administration1764000000043'
}
