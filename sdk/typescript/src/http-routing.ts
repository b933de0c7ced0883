import type {
  RoutingAnswer,
  RoutingDraft,
  RoutingPart,
  RoutingPutAnswer,
  RoutingVersions,
} from '@lijian/contracts/routing'
import type { ProposalAnswer, SuspensionAnswer } from '@lijian/contracts/people'
import type { Http } from './http'

/** The routing document and its suspensions, as an operator's own tools handle them. */
export class HttpRouting {
  readonly #http: Http
  readonly #times: { timeoutMs: number; documentTimeoutMs: number }

  constructor(http: Http, times: { timeoutMs: number; documentTimeoutMs: number }) {
    this.#http = http
    this.#times = times
  }

  /** With a `proposal` it waits until another person approves it; without one it is live already. The same document again changes nothing. `dryRun`: what would be said of it. Throws with every error at once in `info.errors`. */
  put(document: RoutingDraft, { dryRun = false } = {}): Promise<RoutingPutAnswer> {
    const path = `/v1/routing${dryRun ? '?dryRun=true' : ''}`
    return this.#http.repeat({ method: 'PUT', path, body: document, timeoutMs: this.#times.documentTimeoutMs })
  }

  /** As another person than its maker: what was shown under this hash is in force. */
  approve({ id, hash }: { id: number; hash: string }): Promise<ProposalAnswer> {
    const path = `/v1/proposals/${id}/approve`
    return this.#http.repeat({ method: 'POST', path, body: { hash }, timeoutMs: this.#times.documentTimeoutMs })
  }

  /** The live document, or that version of it. */
  get(version?: number): Promise<RoutingAnswer> {
    const path = `/v1/routing${version === undefined ? '' : `?version=${version}`}`
    return this.#http.repeat({ method: 'GET', path, timeoutMs: this.#times.documentTimeoutMs })
  }

  /** Newest first, a page at a time: `after` is the last page's `next`. */
  versions(page: { after?: string; limit?: number } = {}): Promise<RoutingVersions> {
    const query = new URLSearchParams(
      Object.entries(page).map(([key, value]): [string, string] => [key, String(value)]),
    )
    const path = `/v1/routing/versions${query.size === 0 ? '' : `?${query.toString()}`}`
    return this.#http.repeat({ method: 'GET', path, timeoutMs: this.#times.timeoutMs })
  }

  /** Acts on the next payment; one person is enough. */
  suspend(part: RoutingPart, code: string): Promise<SuspensionAnswer> {
    return this.#http.repeat(this.#stop(part, code, 'suspend'))
  }

  /** The second person who asks for it resumes. Asked once: repeated after a lost answer it would be told that nothing is suspended. */
  resume(part: RoutingPart, code: string): Promise<SuspensionAnswer> {
    return this.#http.call(this.#stop(part, code, 'resume'))
  }

  #stop(part: RoutingPart, code: string, action: 'suspend' | 'resume') {
    const path = `/v1/routing/${part}/${encodeURIComponent(code)}/${action}`
    return { method: 'POST', path, body: {}, timeoutMs: this.#times.timeoutMs } as const
  }
}
