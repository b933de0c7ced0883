import { sqlFolderMigration } from '../sql-folder'

export class Cycles1764000000008 extends sqlFolderMigration('0008-cycles') {
  name = 'Cycles1764000000008'
}
