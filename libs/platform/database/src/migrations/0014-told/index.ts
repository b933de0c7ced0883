import { sqlFolderMigration } from '../sql-folder'

export class Told1764000000014 extends sqlFolderMigration('0014-told', ['apply']) {
  name = 'Told1764000000014'
}
