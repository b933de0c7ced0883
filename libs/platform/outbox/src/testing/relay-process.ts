import { Client, Connection } from '@temporalio/client'
import { Relay } from '../relay'
import { flows } from './outbox'

// A relay in a process of its own, for the test that kills it.
const { RELAY_DATABASE_URL, RELAY_TEMPORAL_ADDRESS } = process.env
const connection = Connection.lazy({ address: RELAY_TEMPORAL_ADDRESS! })
const relay = new Relay({
  databaseUrl: RELAY_DATABASE_URL!,
  client: new Client({ connection }),
  taskQueue: 'relay-test',
  flows,
  inFlight: 4,
  batch: 4,
})
relay.start()
process.send?.('started')
