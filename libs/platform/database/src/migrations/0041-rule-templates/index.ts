import { sqlFolderMigration } from '../sql-folder'

export class RuleTemplates1764000000041 extends sqlFolderMigration('0041-rule-templates') {
  name = 'RuleTemplates1764000000041'
}
