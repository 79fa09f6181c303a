import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Logger, pino } from 'pino'
import { createRmSimulator } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { openOrders } from './orders.ts'
import { createTokens } from './tokens.ts'

const service = 'rm-simulator'

/** How long requests that are under way may take, once the simulator stops. */
const patienceMs = 2000

/**
 * Lines are written at once. pino would keep some back and write them when the process exits, and
 * then try for ever where nobody reads any more because the supervisor was killed.
 */
function createLog(level = 'info'): Logger {
  return pino({ level, base: { service } }, pino.destination({ fd: 1, sync: true }))
}

/** Reports why the simulator cannot start, in its log and to its supervisor, and ends it. */
function fail(message: string): void {
  createLog().fatal(message)
  // the exit waits for the message: it would be lost with the channel
  if (process.send) process.send({ event: 'failed', message }, () => process.exit(1))
  else process.exit(1)
}

function run(config: Config): void {
  const log = createLog(config.logLevel)
  const orders = openOrders(config.ordersFile)
  const tokens = createTokens(config.tokenSeconds)
  const server = createServer(createRmSimulator({ client: config.client, tokens, orders }, log))

  let stopping = false
  function stop(): void {
    // Ctrl-C in a terminal comes twice: from the terminal, and from the supervisor
    if (stopping) return
    stopping = true
    server.close(() => {
      orders.close()
      log.info(`${service} stopped`)
      process.exit(0)
    })
    setTimeout(() => server.closeAllConnections(), patienceMs).unref()
  }

  server.once('error', (error: NodeJS.ErrnoException) => {
    fail(
      error.code === 'EADDRINUSE'
        ? `port ${config.port} on ${config.host} is in use`
        : `cannot listen on ${config.host} port ${config.port}: ${error.message}`,
    )
  })
  server.listen(config.port, config.host, () => {
    // where 0 was asked for, the system has chosen one
    const { port } = server.address() as AddressInfo
    log.info({ pid: process.pid, port }, `${service} takes requests on ${port}`)
    process.send?.({ event: 'ready' }, (error: Error | null) => {
      // the supervisor was gone before it could be told
      if (error) stop()
    })
  })

  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // the supervisor is gone, and what it started goes with it
  process.on('disconnect', stop)
  process.channel?.unref()
}

try {
  run(readConfig(process.env))
} catch (error) {
  fail(error instanceof Error ? error.message : String(error))
}
