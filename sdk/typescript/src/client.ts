import { HttpDoor, type HttpDoorOptions } from './http-door'
import { TemporalDoor, type TemporalDoorOptions } from './temporal-door'

/** What a transaction system installs: two doors to the same state machine. */
export class LijianClient {
  private constructor() {}

  static http(options: HttpDoorOptions): HttpDoor {
    return new HttpDoor(options)
  }

  static temporal(options: TemporalDoorOptions): TemporalDoor {
    return new TemporalDoor(options)
  }
}
