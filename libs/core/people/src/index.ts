// Who works here and with which rights: branches, roles, persons, absences, policies. Every change is a proposal.
export { hasPower } from './api-keys'
export { ClientChanges, type WaitingClient } from './clients'
export { Directory } from './directory'
export { peopleKinds } from './people-kinds'
