import { sqlFolderMigration } from '../sql-folder'

export class People1764000000032 extends sqlFolderMigration('0032-people', []) {
  name = 'People1764000000032'
}
