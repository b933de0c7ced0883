import { NO_CLIENT, type Principal } from '../key-ring'
import { TokenBucket } from '../token-bucket'
import type { SessionPerson } from './sessions'

/** A person as the one who asks. Persons send no payments: they have no client. */
export class PersonPrincipals {
  private readonly buckets = new Map<string, TokenBucket>()

  constructor(private readonly ratePerSecond: number) {}

  of(person: SessionPerson): Principal {
    return {
      ...NO_CLIENT,
      keyId: person.id,
      scopes: new Set(person.scopes.filter((scope) => scope !== 'transactions')),
      bucket: this.bucket(person.id),
      bucketOf: (scope) => this.bucket(`${person.id} ${scope}`),
      person,
      branch: person.branch,
    }
  }

  private bucket(of: string): TokenBucket {
    let bucket = this.buckets.get(of)
    if (bucket === undefined) this.buckets.set(of, (bucket = new TokenBucket(this.ratePerSecond)))
    return bucket
  }
}
