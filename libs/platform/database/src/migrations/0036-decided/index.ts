import { sqlFolderMigration } from '../sql-folder'

export class Decided1764000000036 extends sqlFolderMigration('0036-decided', ['keep_decided']) {
  name = 'Decided1764000000036'
}
