import oracledb from 'oracledb'
import type { Engine, Limits, OpenEngine } from '../engine.ts'
import { createPlaces } from '../places.ts'
import { withinLimits } from '../within-limits.ts'
import { parseAddress } from './address.ts'
import { prepareCall } from './call.ts'
import { breakOff, createConnections } from './connections.ts'
import type { Connection, Driver, Session } from './driver.ts'
import { callFailed, endsWell, noConnection } from './failure.ts'

/**
 * Opens a database of Oracle: `oracle://user:password@host:1521/service?schema=INTERCHANGE`. Its
 * procedures are in that schema. The driver is in its Thin mode, which needs nothing installed.
 */
export const open: OpenEngine = (options) => openWith(oracledb, options)

/**
 * The same, by a driver.
 * @param driver Oracle's, or what stands for it in a test
 */
export async function openWith(
  driver: Driver,
  { name, url, pool }: Parameters<OpenEngine>[0],
): Promise<Engine> {
  const address = parseAddress(name, url)
  const connections = createConnections(driver, address, pool)
  const places = createPlaces(name, pool)
  /** What {@link Engine.close} has to wait for. */
  const underWay = new Set<Promise<unknown>>()
  let isClosed = false

  return {
    interrupts: true,

    prepare(procedure) {
      const call = prepareCall(address.schema, procedure)
      return (parameters, limits) => onSession(limits, (session) => call(session, parameters))
    },

    async check(limits) {
      await onSession(limits, (session) => session.ping())
    },

    async close() {
      isClosed = true
      while (underWay.size > 0) await Promise.allSettled(underWay)
      await connections.endIdle()
    },
  }

  async function onSession<T>(limits: Limits, work: (session: Session) => Promise<T>): Promise<T> {
    if (isClosed) throw new Error('it is closed')
    return withinLimits(name, limits, (stop) => watch(inPlace(stop, work)))
  }

  /** A place is kept until the connection is free again, also when nobody waits for it. */
  async function inPlace<T>(stop: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    await places.take(stop)
    let connection: Connection | undefined
    let isWell = true
    let broken = () => {}
    const breakNow = () => {
      if (!connection) return
      isWell = false
      broken = breakOff(connection)
    }
    stop.addEventListener('abort', breakNow)
    try {
      connection = await connect()
      stop.throwIfAborted()
      return await work(connection.session)
    } catch (error) {
      if (stop.aborted) throw stop.reason
      if (!connection) throw error
      isWell = endsWell(error)
      throw callFailed(name, error, connection.session.isHealthy())
    } finally {
      stop.removeEventListener('abort', breakNow)
      broken()
      // who asked does not wait for this
      watch(leave(connection, isWell))
    }
  }

  async function connect(): Promise<Connection> {
    try {
      return await connections.take()
    } catch (error) {
      throw noConnection(name, error)
    }
  }

  async function leave(connection: Connection | undefined, isWell: boolean): Promise<void> {
    if (connection) {
      // a silent restart breaks all of them, and each would be found out by a call of its own
      if (!connection.session.isHealthy()) watch(connections.endIdle())
      // One that was broken off is not used again: the word to stop may arrive after the call.
      await (isWell ? connections.giveBack(connection) : connections.end(connection))
    }
    places.giveBack()
  }

  function watch<T>(work: Promise<T>): Promise<T> {
    underWay.add(work)
    const forget = () => underWay.delete(work)
    work.then(forget, forget)
    return work
  }
}
