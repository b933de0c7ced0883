import { proposalAnswerOf, type Asking, type Proposals, whoIs } from '@lijian/approvals'
import type {
  ApiKeyRequest,
  ApiKeyWaiting,
  ApprovalPolicyRequest,
  BranchRequest,
  DelegationRequest,
  EnrolmentMade,
  PersonAnswer,
  PersonChange,
  PersonQuery,
  PersonRequest,
  ProposalAnswer,
  RecoveryRequest,
  RoleRequest,
} from '@lijian/contracts/people'
import { canonicalJson, LijianError, type PageQuery } from '@lijian/contracts/system'
import { inTransaction, LOCKS } from '@lijian/database'
import { makeEnrolmentOf } from '@lijian/identity'
import type { Pool } from 'pg'
import { proposeKey } from './api-keys'
import { listBranches } from './branches'
import { endDelegation, listDelegations } from './delegations'
import { peopleKinds } from './people-kinds'
import { listPersons, readPerson } from './person-list'
import { endSessions } from './persons'
import { listPolicies } from './policies'
import { unknownPerson } from './reading'
import { listRoles } from './roles'

/** What administrators see of people, and propose about them. Every change waits for a second one; what takes rights away does not. */
export class Directory {
  constructor(
    private readonly pool: Pool,
    private readonly proposals: Proposals,
  ) {}

  branches = (page: PageQuery) => listBranches(this.pool, page)
  roles = (page: PageQuery) => listRoles(this.pool, page)
  persons = (query: PersonQuery) => listPersons(this.pool, query)
  person = (id: string) => readPerson(this.pool, id)
  delegations = (page: PageQuery, asking: Asking) => listDelegations(this.pool, page, asking)
  policies = (page: PageQuery) => listPolicies(this.pool, page)

  proposeBranch = (code: string, request: BranchRequest, by: Asking) => this.propose('branch', code, request, by)
  proposeRole = (code: string, request: RoleRequest, by: Asking) => this.propose('role', code, request, by)
  proposePolicy = (kind: string, request: ApprovalPolicyRequest, by: Asking) =>
    this.propose('approval_policy', kind, request, by)

  /** Throws LijianError state_conflict: the login is somebody's. */
  async proposeNew({ login, ...request }: PersonRequest, by: Asking): Promise<ProposalAnswer> {
    const { rowCount } = await this.pool.query('SELECT FROM person WHERE login = $1', [login])
    if (rowCount !== 0) throw new LijianError('state_conflict', `The login ${login} is taken`)
    return this.propose('person', login, request, by)
  }

  async proposeChange(id: string, request: PersonChange, by: Asking): Promise<ProposalAnswer> {
    return this.propose('person', await this.loginOf(id), request, by)
  }

  async proposeRecovery(id: string, request: RecoveryRequest, by: Asking): Promise<ProposalAnswer> {
    return this.propose('recovery', await this.loginOf(id), request, by)
  }

  async proposeDelegation(request: DelegationRequest, by: Asking): Promise<ProposalAnswer> {
    const { person, isMachine } = await whoIs(this.pool, by.actor)
    if (isMachine)
      throw new LijianError('forbidden', 'A key of a client is never absent: sign in, or use a token of your own')
    return this.propose('delegation', person, request, by)
  }

  endDelegation = (id: number, asking: Asking) => endDelegation(this.pool, id, asking)

  /** A key with power: shown now, and opening nothing before another person approves it. */
  proposeKey = (request: ApiKeyRequest, by: Asking): Promise<ApiKeyWaiting> =>
    inTransaction(this.pool, (db) => proposeKey(db, this.proposals, request, by))

  /** At once, by one: whoever leaves is out in this moment. Two bring a person back. Disabling twice changes nothing. */
  disable(id: string, { actor }: Asking): Promise<PersonAnswer> {
    return inTransaction(this.pool, async (db) => {
      if ((await whoIs(db, actor)).person === id) throw new LijianError('forbidden', 'Somebody else disables you')
      const { rows } = await db.query<{ login: string }>(
        `UPDATE person SET status = 'disabled' WHERE id = $1 RETURNING login`,
        [id],
      )
      if (rows[0] === undefined) throw unknownPerson(id)
      await endSessions(db, rows[0].login, 'the person was disabled')
      return readPerson(db, id)
    })
  }

  /**
   * The first password of somebody new or recovered: a code that is shown this once, to whoever proposed it, after the approval. A later code
   * makes the one before void. Throws LijianError.
   */
  makeEnrolment(id: string, { actor }: Asking): Promise<EnrolmentMade> {
    return inTransaction(this.pool, async (db) => {
      const { rows } = await db.query<{ login: string; status: string; has: boolean }>(
        `SELECT login, status, EXISTS (SELECT FROM person_password WHERE person = id) AS has FROM person WHERE id = $1 FOR UPDATE`,
        [id],
      )
      const person = rows[0]
      if (person === undefined) throw unknownPerson(id)
      const { login, status, has } = person
      if (status !== 'active') throw new LijianError('state_conflict', `${login} is disabled`)
      if (has) throw new LijianError('state_conflict', `${login} has a password: two administrators recover an account`)
      const made = await db.query<{ maker: string | null }>(
        `SELECT maker_person AS maker FROM proposal
         WHERE subject = $1 AND state = 'approved' AND (kind = 'recovery' OR (kind = 'person' AND before IS NULL)) ORDER BY checked_at DESC LIMIT 1`,
        [login],
      )
      const who = await whoIs(db, actor)
      if (who.isMachine || made.rows[0]?.maker !== who.person)
        throw new LijianError('forbidden', `Who has proposed ${login} fetches the code of enrolment`)
      return { person: id, login, ...(await makeEnrolmentOf(db, id, who.person)) }
    })
  }

  private async loginOf(id: string): Promise<string> {
    const { rows } = await this.pool.query<{ login: string }>('SELECT login FROM person WHERE id = $1', [id])
    if (rows[0] === undefined) throw unknownPerson(id)
    return rows[0].login
  }

  /** The same again by the same person, while it waits, is answered as it waits; what stands so already is refused. */
  private propose(
    kind: Exclude<keyof typeof peopleKinds, 'api_key' | 'client'>,
    subject: string,
    request: object,
    { actor }: Asking,
  ) {
    return inTransaction(this.pool, async (db) => {
      await db.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [LOCKS.proposalOf, `${kind} ${subject}`])
      const open = await this.proposals.openOf(kind, subject, db)
      const owner = peopleKinds[kind]
      const body = await owner.read!(db, subject, request)
      if (open !== undefined && canonicalJson(open.body) === canonicalJson(body)) {
        const { person } = await whoIs(db, actor)
        if (open.makerPerson === person) return proposalAnswerOf(open)
      }
      const before = (await owner.before?.(db, subject, body as never)) ?? null
      if (before !== null && canonicalJson(before) === canonicalJson(body))
        throw new LijianError('state_conflict', `It stands so already: nothing of ${subject} would change`)
      return proposalAnswerOf(await this.proposals.proposeIn(db, { kind, subject, request, actor }))
    })
  }
}
