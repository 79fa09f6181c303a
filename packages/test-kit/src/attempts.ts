import { send } from './http-client.ts'
import type { Served } from './serve.ts'

/**
 * How many attempts a service has made of an operation of whatever it calls, as it counts them
 * itself: what was refused before there was a connection is counted here alone.
 * @param operation as logs and metrics name it: `getScriptPdf`, `token`
 */
export async function attemptsOf(service: Served, operation: string): Promise<number> {
  const { text } = await send(service.managementUrl, { path: '/metrics' })
  const line = new RegExp(
    `^dependency_attempts_total\\{.*operation="${operation}".*\\} (\\d+)$`,
    'm',
  )
  return Number(line.exec(text)?.[1] ?? 0)
}
