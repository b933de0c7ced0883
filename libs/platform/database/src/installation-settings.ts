import { LIMITS } from './limits'
import { steadyClient } from './pool'

/** What functions of the database go by: they trust who migrates, and not the application's login. */
export interface InstallationSettings {
  auditDays: number
  decisionLogDays: number
  timeZone: string
  cutOff: string
  /** That an identity provider may give without an approval. */
  providedRoles: readonly string[]
}

/** As who owns the database. */
export async function keepInstallationSettings(ownerUrl: string, settings: InstallationSettings): Promise<void> {
  const db = steadyClient(ownerUrl, { name: 'lijian-settings' }, LIMITS.work)
  await db.connect()
  const { auditDays, decisionLogDays, timeZone, cutOff, providedRoles } = settings
  const rows = {
    ...{ audit_days: auditDays, decision_log_days: decisionLogDays, time_zone: timeZone, cut_off: cutOff },
    provided_roles: providedRoles.join(','),
  }
  try {
    await db.query(
      `INSERT INTO installation_setting AS s SELECT * FROM json_each_text($1) ON CONFLICT (name) DO UPDATE SET value = excluded.value
       WHERE s.value <> excluded.value`,
      [JSON.stringify(rows)],
    )
  } finally {
    await db.end()
  }
}
