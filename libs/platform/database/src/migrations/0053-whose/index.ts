import { sqlFolderMigration } from '../sql-folder'

export class Whose1764000000053 extends sqlFolderMigration('0053-whose', []) {
  name = 'Whose1764000000053'
}
