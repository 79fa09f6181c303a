import type { Client } from '@ca/service-kit/clients'
import { isRevoked } from './client-changes.ts'

const dayMs = 24 * 60 * 60 * 1000

/** A client as the tool shows it: without digests. */
export function shown({ clientId, name, operations, secrets }: Client) {
  return {
    clientId,
    name,
    operations,
    secrets: secrets.map(({ createdAt, expiresAt }) => ({ createdAt, expiresAt })),
  }
}

/** Clients for people to read: a line each, and one for each of their secrets. */
export function listing(clients: readonly Client[], now = Date.now()): string {
  if (clients.length === 0) return 'no clients\n'
  return clients
    .map((client) => {
      const { clientId, name, operations, secrets } = client
      const lines = secrets.map(
        ({ createdAt, expiresAt }) =>
          `  secret of ${day(createdAt)}, ${endOf(Date.parse(expiresAt), now)} (${day(expiresAt)})\n`,
      )
      return `${clientId}  ${name}\n  may call ${operationsText(operations)}\n${
        isRevoked(client) ? '  revoked\n' : lines.join('')
      }`
    })
    .join('')
}

/** What a client may call, in words. */
export function operationsText(operations: readonly string[]): string {
  if (operations.includes('*')) return 'all operations'
  return operations.length === 0 ? 'nothing' : operations.join(', ')
}

/** The day of a moment, such as 2027-11-22. */
export function day(moment: string): string {
  return new Date(moment).toISOString().slice(0, 10)
}

function endOf(endsAt: number, now: number): string {
  return endsAt > now
    ? `ends in ${count(Math.ceil((endsAt - now) / dayMs))}`
    : `ended ${count(Math.floor((now - endsAt) / dayMs))} ago`
}

function count(days: number): string {
  return `${days} ${days === 1 ? 'day' : 'days'}`
}
