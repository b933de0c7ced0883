import { sqlFolderMigration } from '../sql-folder'

export class Tokens1764000000034 extends sqlFolderMigration('0034-tokens', []) {
  name = 'Tokens1764000000034'
}
