import { Pool } from 'pg'
import { fundingKinds } from '../kinds'
import { Proposals } from '@lijian/approvals'

// One of two processes that decide the same proposals at the same time.
const { APPROVER_DATABASE_URL: connectionString, APPROVER_NAME: name = '' } = process.env
const pool = new Pool({ connectionString, max: 8 })
const proposals = new Proposals(pool, fundingKinds({ timeZone: 'Asia/Shanghai', cutOff: '24:00' }))

process.on('message', (asked: { id: number; hash: string }[]) => {
  void Promise.all(
    asked.map(({ id, hash }, i) => {
      const decide =
        (i + name.length) % 5 === 0 ? proposals.reject(id, hash, name, 'no') : proposals.approve(id, hash, name)
      return decide.then(
        ({ state }) => state,
        (error: { code?: string }) => error.code ?? 'failed',
      )
    }),
  ).then((outcomes) => process.send!(outcomes))
})
process.send!('ready')
