/**
 * Tests talk to this machine only. A connection to anywhere else is an error of the test, at once
 * and by name, instead of a time-out on a machine without a network. A database server that tests
 * are told to use may be elsewhere: it is known by its port, for drivers look up its address
 * themselves.
 */
import net from 'node:net'

const loopback = /^(localhost|127(\.\d+){3}|::1|::ffff:127(\.\d+){3})$/
const serverPorts = [
  portElsewhere(process.env.TEST_MSSQL_URL, 1433),
  portElsewhere(process.env.TEST_ORACLE_URL, 1521),
]
const connect = net.Socket.prototype.connect

net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  const options = typeof first === 'object' ? first : { host: second }
  const host = options?.path ? 'localhost' : (options?.host ?? 'localhost')
  const isHere = typeof host !== 'string' || loopback.test(host)
  if (!isHere && !serverPorts.includes(Number(options?.port))) {
    throw new Error(`A test may not connect to ${host}`)
  }
  return Reflect.apply(connect, this, args)
} as typeof connect

function portElsewhere(text: string | undefined, usual: number): number | undefined {
  const url = URL.parse(text ?? '')
  if (!url || loopback.test(url.hostname)) return undefined
  return Number(url.port || usual)
}
