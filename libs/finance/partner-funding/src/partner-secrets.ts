import { createHash } from 'node:crypto'
import type { AccountAnswer, AccountRequest, PartnerAnswer } from '@lijian/contracts/finance'
import { canonicalJson, LijianError } from '@lijian/contracts/system'
import type { StoredAccount } from '@lijian/database'
import { maskAccount, type Sealer } from '@lijian/privacy'

export const WHICH = ['deposit', 'payout'] as const
export type Which = (typeof WHICH)[number]
type Contacts = PartnerAnswer['contacts']

/** Account numbers, their holders and contacts of partners: sealed where they stand, and opened for whom they are shown to. */
export class PartnerSecrets {
  constructor(private readonly sealer: Sealer) {}

  /** What is stored, where nothing changes: the same text would be sealed to another one. */
  account(
    code: string,
    which: Which,
    request: AccountRequest | undefined,
    stored: StoredAccount | null,
  ): StoredAccount | null {
    if (!request) return null
    const before = stored && this.opened(code, which, stored)
    const number = request.number ?? before?.number
    if (number === undefined)
      throw new LijianError('invalid_request', undefined, {
        errors: [{ path: `${which}Account.number`, message: 'expected an account number: none is stored' }],
      })
    const { bank, holder } = request
    if (stored && before && stored.bank === bank && before.holder === holder && before.number === number) return stored
    const sealed = this.sealer.seal(JSON.stringify({ holder, number }), `partner/${code}/${which}`).toString('base64')
    return { bank, last4: number.slice(-4), sealed }
  }

  contacts(code: string, contacts: Contacts, stored: Buffer | null): Buffer | null {
    if (contacts.length === 0) return null
    if (stored && canonicalJson(this.contactsOf(code, stored)) === canonicalJson(contacts)) return stored
    return this.sealer.seal(JSON.stringify(contacts), `partner/${code}/contacts`)
  }

  contactsOf(code: string, sealed: Buffer | null): Contacts {
    return sealed === null ? [] : (JSON.parse(this.sealer.open(sealed, `partner/${code}/contacts`)) as Contacts)
  }

  shown(code: string, which: Which, stored: StoredAccount): AccountAnswer {
    const { holder, number } = this.opened(code, which, stored)
    return { bank: stored.bank, holder, number: maskAccount(number) }
  }

  opened(code: string, which: Which, { sealed }: StoredAccount): { holder: string; number: string } {
    return JSON.parse(this.sealer.open(Buffer.from(sealed, 'base64'), `partner/${code}/${which}`)) as {
      holder: string
      number: string
    }
  }
}

/** Another number, holder or contact is another sealed text, and so another hash; from the hash nobody guesses a number. */
export const sealedHash = (sealed: string | Buffer): string => createHash('sha256').update(sealed).digest('hex')
