import { cannonade } from './cannonade.ts'

// autocannon.ts starts this as a process of its own.
const { connections, seconds, ...target } = JSON.parse(process.argv[2] ?? '')

const seen = await cannonade(target, { connections, seconds })
process.stdout.write(`${JSON.stringify(seen)}\n`)
