/**
 * Makes `src/generated/` from `openapi/`: each contract as one JSON document and as types.
 *
 *   node packages/contracts/scripts/generate.ts            writes them
 *   node packages/contracts/scripts/generate.ts --check    lints the contracts, writes nothing and
 *                                                          fails where a written file is not as it
 *                                                          would be made now
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  bundle,
  type Config,
  formatProblems,
  getTotals,
  lint,
  loadConfig,
} from '@redocly/openapi-core'
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript'

const contractsFolder = fileURLToPath(new URL('../../../openapi/', import.meta.url))
const generatedFolder = fileURLToPath(new URL('../src/generated/', import.meta.url))
const writtenBy = '// Generated from openapi/ by `npm run contracts`. Changes belong there.\n'

const check = process.argv.includes('--check')
const config = await loadConfig({ configPath: join(contractsFolder, 'redocly.yaml') })
const names = readdirSync(contractsFolder)
  .filter((file) => file.endsWith('.yaml') && file !== 'redocly.yaml')
  .map((file) => basename(file, '.yaml'))
  .sort()

if (check) await lintContracts(config)
const files = await generate(config)
if (check) compare(files)
else write(files)

async function lintContracts(config: Config): Promise<void> {
  for (const name of names) {
    const problems = await lint({ ref: join(contractsFolder, `${name}.yaml`), config })
    if (problems.length > 0) {
      formatProblems(problems, { totals: getTotals(problems), version: '' })
      process.exit(1)
    }
  }
}

/** @returns the text of every generated file, by its name */
async function generate(config: Config): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const name of names) {
    const { bundle: document } = await bundle({
      ref: join(contractsFolder, `${name}.yaml`),
      config,
    })
    files.set(`${name}.json`, `${JSON.stringify(document.parsed, undefined, 2)}\n`)
    const types = await openapiTypes(asOperationsSeeIt(document.parsed))
    files.set(`${name}.ts`, writtenBy + astToString(types))
  }
  files.set('index.ts', writtenBy + index())
  return files
}

/** Operations see parameters after their defaults were filled in: for them none of these is absent. */
function asOperationsSeeIt(document: OpenAPI3): OpenAPI3 {
  return JSON.parse(JSON.stringify(document), (_key, value) =>
    value?.in && value.schema?.default !== undefined ? { ...value, required: true } : value,
  )
}

function index(): string {
  const imports = names.map(
    (name, at) => `import type { operations as operations${at} } from './${name}.ts'`,
  )
  const entries = names.map((name, at) => `  '${name}': operations${at}`)
  const list = names.map((name) => `'${name}'`).join(', ')
  return `${imports.join('\n')}\n\n/** The contracts that there are. */\nexport const contractNames = [${list}] as const\n\n/** The operations of every contract, by the contract's name. */\nexport type ContractOperations = {\n${entries.join('\n')}\n}\n`
}

function write(files: Map<string, string>): void {
  rmSync(generatedFolder, { recursive: true, force: true })
  mkdirSync(generatedFolder, { recursive: true })
  for (const [file, text] of files) writeFileSync(join(generatedFolder, file), text)
  process.stdout.write(`${names.length} contracts: ${names.join(', ')}\n`)
}

function compare(files: Map<string, string>): void {
  const present = readdirSync(generatedFolder)
  const stale = [...files]
    .filter(([file, text]) => !present.includes(file) || text !== read(file))
    .map(([file]) => file)
    .concat(present.filter((file) => !files.has(file)))
  if (stale.length === 0) return
  process.stderr.write(
    `Not as openapi/ has it: ${stale.join(', ')}. Run \`npm run contracts\` and commit the result.\n`,
  )
  process.exit(1)
}

function read(file: string): string {
  return readFileSync(join(generatedFolder, file), 'utf8')
}
