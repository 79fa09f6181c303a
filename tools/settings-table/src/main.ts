/**
 * Keeps the table of settings in README.md as the services' `config.ts` have them.
 *
 *   node tools/settings-table/src/main.ts            writes it
 *   node tools/settings-table/src/main.ts --check    fails where it is not as it would be written
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'

type Setting = { description: string; defaults: Map<string, string> }

const root = fileURLToPath(new URL('../../..', import.meta.url))
const readme = join(root, 'README.md')
const place = /(?<=<!-- settings of the services -->\n).*?(?=<!-- end of the settings -->)/s

const written = readFileSync(readme, 'utf8')
if (!place.test(written)) fail('README.md has no place for the settings of the services')
const wanted = written.replace(place, `\n${table(await readSettings())}\n\n`)

if (!process.argv.includes('--check')) writeFileSync(readme, wanted)
else if (wanted !== written) fail('README.md has other settings than config.ts: npm run settings')

/** @returns every setting by its name, each with its default in the services that have it */
async function readSettings(): Promise<Map<string, Setting>> {
  const all = new Map<string, Setting>()
  for (const file of globSync('services/*/src/config.ts', { cwd: root }).sort()) {
    const [, service = ''] = file.split('/')
    const { settings } = (await import(join(root, file))) as { settings: Record<string, z.ZodType> }
    for (const [name, schema] of Object.entries(settings)) {
      const absent = schema.safeParse(undefined)
      const value = absent.success ? shown(absent.data) : 'required'
      const setting = all.get(name) ?? {
        description: schema.description ?? '',
        defaults: new Map(),
      }
      setting.defaults.set(service, value)
      all.set(name, setting)
    }
  }
  return all
}

function shown(value: unknown): string {
  return value === undefined || value === '' ? 'none' : `\`${value}\``
}

function table(settings: Map<string, Setting>): string {
  const services = new Set([...settings.values()].flatMap(({ defaults }) => [...defaults.keys()]))
  const rows = [...settings].map(([name, { description, defaults }]) => {
    const values = [...new Set(defaults.values())]
    const of = defaults.size === services.size ? 'all' : [...defaults.keys()].join(', ')
    return `| \`${name}\` | ${of} | ${values.join(', ')} | ${description} |`
  })
  return ['| setting | of | default | what it is |', '|---|---|---|---|', ...rows].join('\n')
}

function fail(why: string): never {
  process.stderr.write(`${why}\n`)
  process.exit(1)
}
