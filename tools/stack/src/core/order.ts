import type { Server } from './server'

/** Each server after all that it needs. A need that is not part of this stack is a mistake in the server's file. */
export function inStartOrder(servers: readonly Server[]): Server[] {
  const byName = new Map(servers.map((server) => [server.name, server]))
  const ordered = new Set<Server>()
  const visit = (server: Server, path: readonly string[]) => {
    if (ordered.has(server)) return
    const trail = [...path, server.name]
    if (path.includes(server.name)) throw new Error(`servers need each other: ${trail.join(' → ')}`)
    for (const need of server.needs) {
      const needed = byName.get(need)
      if (!needed) throw new Error(`${server.name} needs ${need}, which is not part of the stack`)
      visit(needed, trail)
    }
    ordered.add(server)
  }
  for (const server of servers) visit(server, [])
  return [...ordered]
}
