import { sqlFolderMigration } from '../sql-folder'

export class Menus1764000000039 extends sqlFolderMigration('0039-menus', ['note_campaign_facts']) {
  name = 'Menus1764000000039'
}
