import type { Client } from 'pg'

/** Written behind answers by the process itself; and events of the audit, which say what was tried and what was changed elsewhere. */
const BEHIND = ['decision_log', 'audit_event']

/** From here on each changed row of each table leaves a line in walk.change, with the statement that changed it. */
export async function noteChanges(sql: Client): Promise<void> {
  await sql.query(`
    CREATE SCHEMA walk;
    CREATE TABLE walk.change ("table" text, statement text);
    CREATE FUNCTION walk.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      INSERT INTO walk.change VALUES (TG_TABLE_NAME, left(current_query(), 200));
      RETURN NULL;
    END $$;
    GRANT USAGE ON SCHEMA walk TO PUBLIC;`)
  const { rows } = await sql.query<{ name: string }>(
    `SELECT quote_ident(relname) AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> ALL ($1)`,
    [BEHIND],
  )
  for (const { name } of rows)
    await sql.query(
      `CREATE TRIGGER walk_note AFTER INSERT OR UPDATE OR DELETE ON public.${name} FOR EACH ROW EXECUTE FUNCTION walk.note()`,
    )
}
