/**
 * Tests talk to this machine only. A connection to anywhere else is an error of the test, at once
 * and by name, instead of a time-out on a machine without a network.
 */
import net from 'node:net'

const loopback = /^(localhost|127(\.\d+){3}|::1|::ffff:127(\.\d+){3})$/
const connect = net.Socket.prototype.connect

net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  const options = typeof first === 'object' ? first : { host: second }
  const host = options?.path ? 'localhost' : (options?.host ?? 'localhost')
  if (typeof host === 'string' && !loopback.test(host)) {
    throw new Error(`A test may not connect to ${host}`)
  }
  return Reflect.apply(connect, this, args)
} as typeof connect
