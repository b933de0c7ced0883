import { LijianError } from '@lijian/contracts/system'

/** Of two people one makes and the other checks. Throws LijianError maker_is_checker. */
export function mustBeTwoPeople(maker: string | undefined, checker: string): void {
  if (maker === checker) throw new LijianError('maker_is_checker')
}
