import { sqlFolderMigration } from '../sql-folder'

export class Locks1764000000027 extends sqlFolderMigration('0027-locks', []) {
  name = 'Locks1764000000027'
}
