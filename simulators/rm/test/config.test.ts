import { expect, test } from '@jest/globals'
import { readConfig } from '../src/config.ts'

const credentials = { RM_CLIENT_ID: 'id', RM_CLIENT_SECRET: 'a secret' }

test('only the credentials have to be set', () => {
  expect(readConfig(credentials)).toEqual({
    host: '127.0.0.1',
    port: 8090,
    logLevel: 'info',
    client: { id: 'id', secret: 'a secret' },
    tokenSeconds: 10,
    ordersFile: ':memory:',
  })
})

test('the environment decides', () => {
  const env = {
    HOST: '::1',
    PORT: '0',
    TOKEN_SECONDS: '3600',
    ORDERS_FILE: '/state/orders.db',
    LOG_LEVEL: 'debug',
  }

  expect(readConfig({ ...credentials, ...env })).toMatchObject({
    host: '::1',
    port: 0,
    tokenSeconds: 3600,
    ordersFile: '/state/orders.db',
    logLevel: 'debug',
  })
})

test('everything wrong is named at once, in one line and without values', () => {
  const env = { PORT: '70000', TOKEN_SECONDS: '1e3', LOG_LEVEL: 'loud', RM_CLIENT_SECRET: '' }

  const read = () => readConfig({ ...env, HOST: '', ORDERS_FILE: '' })
  expect(read).toThrow(
    /^bad settings: .*HOST.*PORT.*RM_CLIENT_ID.*RM_CLIENT_SECRET.*TOKEN_SECONDS.*ORDERS_FILE.*LOG_LEVEL[^\n]*$/,
  )
  expect(read).not.toThrow(/70000|1e3|loud/)
})

test.each(['0', '86401', '-1', '1.5', ' 5', '0x10'])('TOKEN_SECONDS=%s is refused', (value) => {
  expect(() => readConfig({ ...credentials, TOKEN_SECONDS: value })).toThrow('TOKEN_SECONDS')
})
