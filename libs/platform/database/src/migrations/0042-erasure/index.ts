import { sqlFolderMigration } from '../sql-folder'

export class Erasure1764000000042 extends sqlFolderMigration('0042-erasure') {
  name = 'Erasure1764000000042'
}
