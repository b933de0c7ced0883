import { sqlFolderMigration } from '../sql-folder'

export class CardUsage1764000000012 extends sqlFolderMigration('0012-card-usage', [
  'tell_card_usage_case',
  'card_went_over',
  'count_card_usage',
  'apply',
]) {
  name = 'CardUsage1764000000012'
}
