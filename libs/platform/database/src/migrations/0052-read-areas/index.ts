import { sqlFolderMigration } from '../sql-folder'

export class ReadAreas1764000000052 extends sqlFolderMigration('0052-read-areas', []) {
  name = 'ReadAreas1764000000052'
}
