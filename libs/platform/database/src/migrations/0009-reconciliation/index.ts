import { sqlFolderMigration } from '../sql-folder'

export class Reconciliation1764000000009 extends sqlFolderMigration('0009-reconciliation', ['reconcile_day']) {
  name = 'Reconciliation1764000000009'
}
