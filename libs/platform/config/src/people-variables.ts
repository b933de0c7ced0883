import { identifiers, oneOf, origin, rolesOfGroups, secretText, text } from './formats-people'
import { variable } from './variable'

const claim = text('the name of a claim, such as preferred_username', /^[A-Za-z0-9_.:/-]{1,100}$/)

/** Persons and how they sign in. */
export const peopleVariables = {
  breachedPasswords: variable({
    name: 'LIJIAN_BREACHED_PASSWORDS',
    format: text('a file', /\S/),
    meaning:
      'Stolen passwords, which nobody may set: SHA-1 in upper case hexadecimal, or its first digits, a line each, sorted (the list of Have I Been Pwned, without counts). Absent: none is refused for that.',
  }),
  publicUrl: variable({
    name: 'LIJIAN_PUBLIC_URL',
    format: origin,
    meaning:
      'Where browsers reach the api, such as `https://lijian.example`. The identity provider sends them back there, and passkeys belong to its host. Absent: neither works.',
  }),
  localSignIn: variable({
    name: 'LIJIAN_LOCAL_SIGN_IN',
    format: oneOf('on', 'off'),
    default: 'on',
    meaning: 'Whether passwords, passkeys and codes of enrolment open anything. `off` needs an identity provider.',
  }),
  oidcIssuer: variable({
    name: 'LIJIAN_OIDC_ISSUER',
    format: text(
      'an https address, or http on this machine',
      /^(https:\/\/\S+|http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/\S*)?)$/,
    ),
    meaning: 'The identity provider (OpenID Connect). Its metadata is read at the first sign-in.',
  }),
  oidcClientId: variable({
    name: 'LIJIAN_OIDC_CLIENT_ID',
    format: secretText,
    meaning: 'As what we are registered there. Redirect address: `LIJIAN_PUBLIC_URL/v1/sessions/oidc/callback`.',
  }),
  oidcClientSecret: variable({
    name: 'LIJIAN_OIDC_CLIENT_SECRET',
    format: secretText,
    secret: true,
    meaning: 'Sent as `client_secret_basic`. Absent: we are a public client.',
  }),
  oidcScope: variable({
    name: 'LIJIAN_OIDC_SCOPE',
    format: text('scopes by blanks, openid among them', /^(?=.*\bopenid\b)[\x21-\x7e ]{1,500}$/),
    default: 'openid profile',
    meaning: 'What is asked of the provider.',
  }),
  oidcLoginClaim: variable({
    name: 'LIJIAN_OIDC_LOGIN_CLAIM',
    format: claim,
    default: 'preferred_username',
    meaning: 'The login of a person, in lower case.',
  }),
  oidcGroupsClaim: variable({
    name: 'LIJIAN_OIDC_GROUPS_CLAIM',
    format: claim,
    default: 'groups',
    meaning: 'The groups of a person.',
  }),
  oidcBranchClaim: variable({
    name: 'LIJIAN_OIDC_BRANCH_CLAIM',
    format: claim,
    meaning: 'The code of the branch of a person. Absent: new persons belong to the head office.',
  }),
  oidcRoles: variable({
    name: 'LIJIAN_OIDC_ROLES',
    format: rolesOfGroups,
    meaning:
      'The role that each group gives, such as `lijian-ops=operator,lijian-audit=auditor`. Whoever has none of them is refused.',
  }),
  oidcStrongAcr: variable({
    name: 'LIJIAN_OIDC_STRONG_ACR',
    format: identifiers,
    meaning: 'Values of `acr`, by commas, that say that a second factor was shown; asked for when somebody steps up.',
  }),
  oidcStrongAmr: variable({
    name: 'LIJIAN_OIDC_STRONG_AMR',
    format: identifiers,
    meaning: 'Values of `amr`, by commas, of which one says the same, such as `mfa,otp,hwk`.',
  }),
}
