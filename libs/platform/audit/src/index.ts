export { AuditLog } from './audit-log'
export { auditKeeping, dropOldAudit, sealAudit, type KeepingTold } from './keeping'
export { AuditNotes, loginSubject, type AuditNote, type NotesOptions } from './notes'
