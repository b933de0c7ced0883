import { sqlFolderMigration } from '../sql-folder'

export class Resumption1764000000016 extends sqlFolderMigration('0016-resumption') {
  name = 'Resumption1764000000016'
}
