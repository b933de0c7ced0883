import { sqlFolderMigration } from '../sql-folder'

export class Groups1764000000003 extends sqlFolderMigration('0003-groups') {
  name = 'Groups1764000000003'
}
