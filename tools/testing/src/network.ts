import { connect, createServer, type Socket } from 'node:net'

/** The same server under another port; opening and closing it plays an outage. */
export async function proxyTo(address: string, port: number): Promise<{ close: () => Promise<void> }> {
  const [host, targetPort] = address.split(':') as [string, string]
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
  }
  const server = createServer((incoming) => {
    const outgoing = connect(Number(targetPort), host)
    keep(incoming)
    keep(outgoing)
    incoming.pipe(outgoing).pipe(incoming)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { close }
}
