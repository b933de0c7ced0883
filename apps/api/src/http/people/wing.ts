import type { DecisionProofAnswer } from '@lijian/contracts/people'
import type { ApprovalDesk, Asking } from '@lijian/approvals'
import type { AuditLog } from '@lijian/audit'
import type {
  Accounts,
  ApiKeys,
  Clients,
  OidcSignIn,
  Passkeys,
  PersonalTokens,
  Principal,
  SavedViews,
  Sessions,
} from '@lijian/identity'
import type { ClientChanges, Directory } from '@lijian/people'
import type { Decision } from '@lijian/privacy'
import type { Pool } from 'pg'
import { endpointOf } from '../../endpoint'
import type { SessionCookie } from '../../session-cookie'

/** What an endpoint about clients and keys may reach. */
export interface PeopleWing {
  desk: ApprovalDesk
  directory: Directory
  clients: Clients
  clientChanges: ClientChanges
  apiKeys: ApiKeys
  /** Signs what a person decides by an update of a flow. */
  prove: (decision: Decision, principal: Pick<Principal, 'keyId'>) => DecisionProofAnswer
  /** Brings this process's memory of keys up to date after a change. */
  keysChanged: () => Promise<void>
  accounts: Accounts
  sessions: Sessions
  tokens: PersonalTokens
  /** Whether passwords, passkeys and codes of enrolment open anything. */
  isLocalOpen: boolean
  /** Absent: there is no identity provider. */
  oidc: OidcSignIn | undefined
  /** Absent: we have no address that a passkey could belong to. */
  passkeys: Passkeys | undefined
  cookie: SessionCookie
  views: SavedViews
  auditLog: AuditLog
  /** For what is only read. */
  pool: Pool
  /** Of a browser that is at the provider. */
  attemptCookie: SessionCookie
}

export const endpoint = endpointOf<PeopleWing>()

export const askingOf = ({ keyId, scopes }: Principal): Asking => ({ actor: keyId, scopes })

/** What 202 means. */
export const WAITS =
  'The answer is a proposal: it takes effect when another person approves it, by POST /v1/proposals/{id}/approve.'
