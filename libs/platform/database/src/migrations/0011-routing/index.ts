import { sqlFolderMigration } from '../sql-folder'

export class Routing1764000000011 extends sqlFolderMigration('0011-routing', ['apply']) {
  name = 'Routing1764000000011'
}
