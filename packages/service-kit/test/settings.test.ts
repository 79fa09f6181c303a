import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { readSettings, serviceSettings, tlsSettings } from '../src/index.ts'

const settings = {
  ...serviceSettings({ port: 8082, managementPort: 9082, answerWithinMs: 8000 }),
  ...tlsSettings(),
  RM_URL: z.url().describe('The RM API'),
}
const needed = { CLIENTS_FILE: 'clients.json', RM_URL: 'http://localhost:8090' }
const read = (env: Record<string, string | undefined>) => readSettings(settings, env)

test('what is not set has its default, and an empty value is none', () => {
  const defaults = {
    PORT: 8082,
    HOST: '127.0.0.1',
    MANAGEMENT_PORT: 9082,
    MANAGEMENT_HOST: '127.0.0.1',
    BASE_PATH: '',
    ANSWER_WITHIN_MS: 8000,
    REQUESTS_AT_ONCE: 4000,
    DOCS: 'on',
    LOG_LEVEL: 'info',
    TLS: 'on',
    ...needed,
  }
  expect(read(needed)).toEqual(defaults)
  expect(read({ ...needed, PORT: '', HOST: undefined, LOG_LEVEL: '', PATH: '/bin' })).toEqual(
    defaults,
  )
})

test('what is set is read', () => {
  const env = {
    ...needed,
    PORT: '0',
    HOST: '0.0.0.0',
    MANAGEMENT_PORT: '65535',
    MANAGEMENT_HOST: '::1',
    BASE_PATH: '/ca-results-qa1',
    ANSWER_WITHIN_MS: '500',
    REQUESTS_AT_ONCE: '50',
    DOCS: 'off',
    LOG_LEVEL: 'silent',
    TLS: 'off',
    TLS_CERT_FILE: 'cert.pem',
    TLS_KEY_FILE: 'key.pem',
  }
  expect(read(env)).toEqual({
    ...env,
    PORT: 0,
    MANAGEMENT_PORT: 65535,
    ANSWER_WITHIN_MS: 500,
    REQUESTS_AT_ONCE: 50,
  })
})

test('all that is wrong is told at once, in one line, by name and without the value', () => {
  const env = { PORT: 'hush', BASE_PATH: 'hush', LOG_LEVEL: 'hush', RM_URL: '', TLS: 'hush' }
  expect(() => read(env)).toThrow(
    /^bad settings: PORT: must be plain decimal digits; BASE_PATH: must be empty or like \/ca-results-qa1, with no slash at its end; CLIENTS_FILE is not set \(Registry of the clients that may call\); LOG_LEVEL: [^;]+; TLS: [^;]+; RM_URL is not set \(The RM API\)$/,
  )
  expect(() => read(env)).not.toThrow(/hush|\n/)
})

describe('settings out of form are refused', () => {
  test.each([
    ['PORT', ['-1', '65536', '80.5', '0x50', '1e3', ' 80', '80 ', '+80', 'http']],
    ['MANAGEMENT_PORT', ['65536', 'x']],
    ['ANSWER_WITHIN_MS', ['0', '8s', '99999999999']],
    [
      'BASE_PATH',
      ['/', 'qa1', '/qa1/', '//qa1', '/qa 1', '/qa1?', '/..', '/a/../b', '/./a', '/%61'],
    ],
    ['TLS', ['yes', 'ON', 'true']],
    ['LOG_LEVEL', ['verbose']],
    ['RM_URL', ['localhost']],
  ])('%s: %j', (name, values) => {
    for (const value of values) {
      expect(() => read({ ...needed, [name]: value })).toThrow(`bad settings: ${name}: `)
    }
  })

  test.each(['/ca-results-qa1', '/ca-results-xapi-qa1/v', '/a.b/_c~d-e', '/...'])(
    'but %s may be a base path',
    (path) => {
      expect(read({ ...needed, BASE_PATH: path }).BASE_PATH).toBe(path)
    },
  )
})
