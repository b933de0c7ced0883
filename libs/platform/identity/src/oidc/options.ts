/** What the configuration says about the identity provider. */
export interface OidcOptions {
  issuer: string
  clientId: string
  clientSecret?: string | undefined
  scope: string
  /** Where the provider sends browsers back. */
  redirectUri: string
  loginClaim: string
  groupsClaim: string
  branchClaim?: string | undefined
  roles: readonly { group: string; role: string }[]
  strongAcr: readonly string[]
  strongAmr: readonly string[]
  /** Why the provider has not signed somebody in, for operators. */
  onTrouble: (why: string) => void
}

/** As the provider says it, after everything about the token was checked. */
export type Claims = Readonly<Record<string, unknown>>
