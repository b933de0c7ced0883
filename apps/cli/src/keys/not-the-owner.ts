/** Of an error for which the login is to blame: what to do; else undefined. PostgreSQL calls it insufficient_privilege. */
export const notTheOwner = (command: string, error: unknown): Error | undefined =>
  (error as { code?: string }).code === '42501'
    ? new Error(`${command}: DATABASE_URL names the login of api and worker: give the owner, who migrates`)
    : undefined
