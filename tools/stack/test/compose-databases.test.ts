import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { compose, jobs, overlay, processNames, root, serviceOf } from './compose-files.ts'

/** The databases that services are told of. */
const databases = processNames.flatMap((name) =>
  Object.entries(serviceOf(name).environment ?? {})
    .filter(([setting]) => setting.endsWith('_DATABASE_URL'))
    .map(([setting, url]) => ({
      name,
      setting,
      url,
      database: setting.replace('_DATABASE_URL', '').toLowerCase().replace('_', '-'),
    })),
)

function withoutLogin(url: string): string {
  return url.replace(/\/\/.*@/, '//')
}

test.each(databases)('$database is made by a job, for the login of $name', ({ database, url }) => {
  const { command = [], environment, build } = serviceOf(`apply-${database}`)
  const [main, name, target = ''] = command
  const { protocol, hostname, username, password } = new URL(url)

  expect(build).toEqual({ context: '.', args: { SERVICE: 'db-apply' } })
  expect([main, name]).toEqual(['service/src/main.ts', database])
  expect(withoutLogin(target)).toBe(withoutLogin(url))
  expect(existsSync(join(root, 'databases', database, protocol.replace(':', '')))).toBe(true)
  expect(Object.keys(compose.services)).toContain(hostname)
  expect(environment).toEqual({
    SERVICE_LOGIN: username,
    SERVICE_PASSWORD: decodeURIComponent(password),
  })
})

test('there is a job for each database, and no other', () => {
  expect(databases.map(({ database }) => `apply-${database}`).sort()).toEqual([...jobs].sort())
})

test('the overlay has the embedded ones instead, and nothing else', () => {
  const given = Object.values(overlay.services)
  const settings = Object.assign({}, ...given.map(({ environment = {} }) => environment))
  const leftOut = Object.keys(overlay.services).filter((name) => overlay.services[name]?.profiles)

  expect(settings).toEqual(Object.fromEntries(databases.map(({ setting }) => [setting, 'sqlite:'])))
  for (const { name, setting } of databases) {
    expect(overlay.services[name]?.environment).toHaveProperty(setting)
  }
  expect(leftOut.sort()).toEqual([...jobs, 'mssql', 'oracle'].sort())
  for (const service of given) {
    expect(Object.keys(service)).toEqual([service.profiles ? 'profiles' : 'environment'])
  }
})
