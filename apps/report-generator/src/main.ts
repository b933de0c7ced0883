import { runGenerator } from './run'

// Nobody outside of the group reads what this writes.
process.umask(0o027)
runGenerator()
