/** What a person can repair: one line, exit code 2. */
export class BadInput extends Error {}
