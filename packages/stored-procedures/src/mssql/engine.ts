import type sql from 'mssql'
import type { OpenEngine } from '../engine.ts'
import { createPlaces } from '../places.ts'
import { withinLimits } from '../within-limits.ts'
import { parseAddress } from './address.ts'
import { createConnections } from './connections.ts'
import { asFailure, isAnswer } from './failure.ts'
import { addParameter, readRowSet } from './values.ts'

/**
 * Opens a database of SQL Server: `mssql://user:password@host:1433/database`. Its procedures are
 * in the schema `dbo`.
 *
 * That all row sets of an answer are from one state of the database is up to the procedure: it reads
 * in a transaction of its own, at SERIALIZABLE. A transaction around the call would cost two more
 * packets each way, and SNAPSHOT has to be switched on in the database first.
 */
export const open: OpenEngine = async ({ name, url, pool: limits }) => {
  const connections = createConnections(parseAddress(url), limits)
  const places = createPlaces(name, limits)

  return {
    interrupts: true,

    prepare(procedure) {
      return async (parameters, limits) => {
        const { recordsets } = await withinLimits(name, limits, (stop) =>
          inPlace(stop, (request) => {
            for (const parameter of parameters) addParameter(request, parameter)
            return request.execute<unknown[][]>(`dbo.${procedure.name}`)
          }),
        )
        return recordsets.map(readRowSet)
      }
    },

    async check(limits) {
      await withinLimits(name, limits, (stop) =>
        inPlace(stop, (request) => request.query('SELECT 1 AS Answer')),
      )
    },

    close: () => connections.close(),
  }

  /** A place is kept until the driver is done with the connection, also when nobody waits for it. */
  async function inPlace<T>(
    stop: AbortSignal,
    send: (request: sql.Request) => Promise<T>,
  ): Promise<T> {
    await places.take(stop)
    try {
      return await onConnection(stop, send)
    } catch (error) {
      throw stop.aborted ? stop.reason : asFailure(name, error)
    } finally {
      places.giveBack()
    }
  }

  async function onConnection<T>(
    stop: AbortSignal,
    send: (request: sql.Request) => Promise<T>,
  ): Promise<T> {
    const pool = await connections.pool()
    stop.throwIfAborted()
    const request = pool.request()
    const askedAt = performance.now()
    const cancel = () => request.cancel()
    stop.addEventListener('abort', cancel)
    try {
      const answer = await send(request)
      connections.answered()
      return answer
    } catch (error) {
      if (isAnswer(error)) connections.answered()
      else connections.unanswered(askedAt)
      throw error
    } finally {
      stop.removeEventListener('abort', cancel)
    }
  }
}
