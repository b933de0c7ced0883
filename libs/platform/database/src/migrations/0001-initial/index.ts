import { sqlFolderMigration } from '../sql-folder'

export class Initial1764000000001 extends sqlFolderMigration('0001-initial', ['apply']) {
  name = 'Initial1764000000001'
}
