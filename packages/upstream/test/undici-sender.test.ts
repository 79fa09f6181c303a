import { createUndiciSender } from '../src/undici-sender.ts'
import { sendBy } from './under-test.ts'

// what holds of an upstream holds of it whatever it sends by
sendBy(createUndiciSender)
await import('./answers.test.ts')
await import('./connections.test.ts')
await import('./requests.test.ts')
await import('./time.test.ts')
