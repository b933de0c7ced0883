import { Proposals } from '@lijian/approvals'
import { canonicalJson } from '@lijian/contracts/system'
import { Pool } from 'pg'
import { branchKind, type Branch } from '../branches'

/** What one of three persons does about a branch, or about one proposal of it. */
export interface Deed {
  what: 'propose' | 'amend' | 'approve' | 'reject' | 'withdraw' | 'expire'
  actor: string
  subject: string
  id: number
  name: string
  /** Of what was shown before; absent: of what is shown now. */
  hash?: string
}

// One of two processes in which three persons act on the same proposal at the same time.
const pool = new Pool({ connectionString: process.env.DECIDER_DATABASE_URL, max: 6 })
const proposals = new Proposals(pool, {
  branch: {
    ...branchKind,
    apply: async (db, proposal, checker) => {
      const { rows } = await db.query<Branch>('SELECT code, name, parent FROM branch WHERE code = $1', [
        proposal.subject,
      ])
      const isStale = canonicalJson(rows[0] ?? null) !== canonicalJson(proposal.before ?? null)
      await branchKind.apply(db, proposal, checker)
      // One row for each effect, and one for each that changes what nobody was shown.
      for (const kind of isStale ? ['effect', 'stale'] : ['effect'])
        await db.query('INSERT INTO config_change (kind, code) VALUES ($1, $2)', [kind, String(proposal.id)])
    },
  },
})

async function act(deed: Deed): Promise<string> {
  const { what, actor, subject, id, name } = deed
  if (what === 'propose') await proposals.propose('branch', subject, { name }, actor)
  if (what === 'amend') await proposals.amend(id, { name }, actor)
  if (what === 'withdraw') await proposals.withdraw(id, actor)
  if (what === 'expire') await proposals.expire(id)
  if (what !== 'approve' && what !== 'reject') return 'done'
  const hash = deed.hash ?? (await proposals.read(id)).hash
  const decided = await (what === 'approve'
    ? proposals.approve(id, hash, actor)
    : proposals.reject(id, hash, actor, 'no'))
  return decided.hash === hash ? 'done' : 'unseen'
}

process.on('message', (deeds: Deed[]) => {
  const done = deeds.map((deed) =>
    act(deed).catch((error: { code?: string; message: string }) => error.code ?? error.message),
  )
  void Promise.all(done).then((outcomes) => process.send!(outcomes))
})
process.send!('ready')
