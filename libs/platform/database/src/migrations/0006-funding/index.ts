import { sqlFolderMigration } from '../sql-folder'

export class Funding1764000000006 extends sqlFolderMigration('0006-funding') {
  name = 'Funding1764000000006'
}
