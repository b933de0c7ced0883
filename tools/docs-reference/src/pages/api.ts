import { code, codes, page, table } from '../markdown'

/** The part of an OpenAPI document that the page shows. */
export interface OpenApi {
  tags?: { name: string; description?: string }[]
  paths: Record<string, Record<string, Operation>>
}
interface Operation {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  'x-scopes'?: string[]
}

/** Operations by tag, tags in the order in which the document has them. */
export function apiPage(document: OpenApi): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const known = new Map((document.tags ?? []).map(({ name, description }) => [name, description ?? '']))
  const tags = [...new Set([...known.keys(), ...operations.flatMap(({ operation }) => operation.tags ?? [])])]
  const hasIds = operations.some(({ operation }) => operation.operationId !== undefined)
  const sections = tags.flatMap((tag) => {
    const rows = operations
      .filter(({ operation }) => operation.tags?.[0] === tag)
      .map(({ path, method, operation }) => [
        code(`${method} ${path}`),
        ...(hasIds ? [code(operation.operationId ?? '')] : []),
        operation.summary ?? '',
        scopesOf(operation),
      ])
    if (rows.length === 0) return []
    const about = known.get(tag)
    return [
      `## ${tag}`,
      ...(about ? [`${about}.`] : []),
      table(['Operation', ...(hasIds ? ['Id'] : []), 'What it does', 'Scope of the key'], rows),
    ]
  })
  return page({
    title: 'API',
    about: 'Every HTTP operation by its topic, with the scope that its API key needs.',
    source: 'the OpenAPI document of [apps/api](../../apps/api/README.md)',
    blocks: [
      'The running API serves the whole document, shapes included, at `/openapi.json` of its internal listener (`LIJIAN_INTERNAL_PORT`, 9463), and a page to read and try it at `/docs`. ' +
        'What can go wrong: [errors](errors.md).',
      ...sections,
    ],
  })
}

/** Until operations carry `x-scopes`, the last line of their description says it. */
function scopesOf(operation: Operation): string {
  const said = /^Scope: (.+)\.$/m.exec(operation.description ?? '')?.[1]?.split(' or ')
  return codes(operation['x-scopes'] ?? said ?? [])
}
