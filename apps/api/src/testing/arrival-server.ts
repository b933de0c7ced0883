import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Arrival } from '../arrival'

/** Answers how long each request has waited, as far as this process can tell. */
const arrival = new Arrival(Date.now)
const server = createServer((_request, response) => response.end(String(Date.now() - arrival.atMs())))
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port))
