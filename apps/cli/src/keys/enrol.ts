import { LijianError } from '@lijian/contracts/system'
import { LIMITS, steadyPool } from '@lijian/database'
import { makeEnrolment } from '@lijian/identity'
import { Misunderstood } from './misunderstood'
import { notTheOwner } from './not-the-owner'

export const ENROL_HELP = `./lijian keys enrol [--role CODE]…
Makes a one-time code with which a person makes an account, and prints it once. It is good for an hour.
An installation gets its first administrators so, and gets one back when nobody can sign in any more.

  --role CODE  a role of the person; again for another one (administrator)

Reads DATABASE_URL: as the owner of the tables, who migrates. The login of api and worker makes nobody an administrator. The code goes to standard output, everything else to standard error.
Exit code 0: made; 1: PostgreSQL is away, or it is another login; 2: not understood, or roles that nobody may hold together.`

export function parseEnrol(words: readonly string[]): string[] {
  const roles: string[] = []
  for (let i = 0; i < words.length; i++) {
    const [option, given] = (words[i] ?? '').split(/=(.*)/s, 2)
    if (option !== '--role')
      throw new Misunderstood(`keys enrol: unknown word ${JSON.stringify(words[i])}; --help names the options`)
    const role = (given ?? words[++i] ?? '').trim()
    if (role === '') throw new Misunderstood('keys enrol: --role needs a value')
    if (!roles.includes(role)) roles.push(role)
  }
  return roles.length === 0 ? ['administrator'] : roles
}

export async function enrol(
  databaseUrl: string,
  roles: readonly string[],
): Promise<{ code: string; expiresAt: string }> {
  const pool = steadyPool(databaseUrl, { name: 'lijian-enrol', max: 1, limits: LIMITS.work })
  try {
    return await makeEnrolment(pool, roles)
  } catch (error) {
    if (error instanceof LijianError) throw new Misunderstood(`keys enrol: ${error.detail}`)
    throw notTheOwner('keys enrol', error) ?? error
  } finally {
    await pool.end()
  }
}
