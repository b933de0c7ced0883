import { text } from './formats'
import { variable } from './variable'

/** Persons and how they sign in. */
export const peopleVariables = {
  breachedPasswords: variable({
    name: 'LIJIAN_BREACHED_PASSWORDS',
    format: text('a file', /\S/),
    meaning:
      'Stolen passwords, which nobody may set: SHA-1 in upper case hexadecimal, or its first digits, a line each, sorted (the list of Have I Been Pwned, without counts). Absent: none is refused for that.',
  }),
}
