/** A sentence for a person; exit code 2. */
export class Misunderstood extends Error {}
