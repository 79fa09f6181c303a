import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/

type Locked = { link?: boolean; resolved?: string; integrity?: string }

const workspaces = ['packages', 'services', 'simulators', 'tools'].flatMap((folder) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .map(({ name }) => `${folder}/${name}/package.json`),
)

describe('what is installed is what was looked at', () => {
  test.each(['package.json', ...workspaces])('%s says exactly which version runs', (file) => {
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(read(file))
    const versions: [string, string][] = Object.entries({
      ...dependencies,
      ...optionalDependencies,
    })
    for (const [name, version] of versions) {
      expect([name, version]).toEqual([name, expect.stringMatching(exact)])
    }
  })

  test('every package has the digest that it was locked with, and none is tied to a host', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, Locked>
    }
    const installed = Object.entries(packages).filter(([place]) => place.includes('node_modules/'))
    expect(installed.length).toBeGreaterThan(100)
    for (const [place, { link, integrity, resolved = '' }] of installed) {
      if (link) continue
      expect([place, integrity]).toEqual([place, expect.stringMatching(/^sha512-/)])
      expect([place, resolved]).toEqual([place, expect.not.stringContaining('//')])
    }
  })

  test('nothing of it runs when it is installed', () => {
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m)
  })
})
