import type { Answer, TestApi, WithKey } from './test-api'

export interface Upload {
  text(line: string): void
  end(): void
  /** The sender is gone. */
  cut(): void
  answer: Promise<Answer>
}

/** A file that is sent bit by bit. */
export function slowUpload(api: TestApi, path: string, who: WithKey = 'maker'): Upload {
  const abort = new AbortController()
  let controller!: ReadableStreamDefaultController<Uint8Array>
  const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) })
  const answer = send(api, path, body, { who, signal: abort.signal })
  answer.catch(() => undefined)
  return {
    text: (line) => controller.enqueue(new TextEncoder().encode(line)),
    end: () => controller.close(),
    cut: () => abort.abort(),
    answer,
  }
}

export async function send(
  api: TestApi,
  path: string,
  body: NonNullable<RequestInit['body']>,
  { who = 'maker', type = 'text/plain', signal }: { who?: WithKey; type?: string; signal?: AbortSignal } = {},
): Promise<Answer> {
  const reply = await fetch(api.base + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${api.keys[who]}`, 'content-type': type },
    body,
    signal,
    duplex: 'half',
  } as RequestInit)
  const text = await reply.text()
  return {
    status: reply.status,
    text,
    body: JSON.parse(text) as Record<string, unknown>,
    headers: Object.fromEntries(reply.headers),
  }
}
