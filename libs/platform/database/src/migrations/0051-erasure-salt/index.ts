import { sqlFolderMigration } from '../sql-folder'

export class ErasureSalt1764000000051 extends sqlFolderMigration('0051-erasure-salt') {
  name = 'ErasureSalt1764000000051'
}
