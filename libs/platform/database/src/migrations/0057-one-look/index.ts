import { sqlFolderMigration } from '../sql-folder'

export class OneLook1764000000057 extends sqlFolderMigration('0057-one-look', ['apply']) {
  name = 'OneLook1764000000057'
}
