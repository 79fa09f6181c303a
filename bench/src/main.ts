import { writeFileSync } from 'node:fs'
import { autocannon } from './load/autocannon.ts'
import type { Generator } from './load/load.ts'
import { wrk } from './load/wrk.ts'
import { type Machine, thisMachine } from './machine.ts'
import { type Options, parseOptions, usage } from './options.ts'
import { progressOn } from './progress.ts'
import type { Row } from './row.ts'
import { scenarios } from './scenarios.ts'
import { openSite } from './site.ts'
import { tableOf } from './table.ts'

const { argv, env, stdout, stderr } = process

async function measure(options: Options): Promise<void> {
  const machine = thisMachine(env)
  const generator = generatorOn(machine)
  const remarks = new Set(shortcomings(machine, generator))
  const progress = progressOn(stderr)
  const { site, close } = await openSite(machine)
  const rows: Row[] = []
  try {
    for (const { letter, run } of options.scenarios) {
      rows.push(
        ...(await run(site, {
          ...options,
          generator,
          hasProc: machine.hasProc,
          progress: (what) => progress.say(`(${letter}) ${what}`),
          remark: (line) => remarks.add(line),
        })),
      )
    }
  } finally {
    await close()
    progress.clear()
  }

  const { seconds, rounds } = options
  const of = `${rounds} rounds of ${seconds} s each, load by ${generator.name}`
  const about = options.scenarios.map(({ letter, title }) => `(${letter}) ${title}`)
  const lines = [tableOf(rows), '', about.join('\n'), '', of, machine.description, ...remarks]
  stdout.write(`${lines.join('\n')}\n`)
  if (options.json) {
    const told = {
      at: new Date().toISOString(),
      machine: machine.description,
      seconds,
      rounds,
      rows,
    }
    writeFileSync(options.json, `${JSON.stringify(told, undefined, 2)}\n`)
  }
}

function generatorOn({ program, cores }: Machine): Generator {
  const found = program('wrk')
  return found ? wrk(found, cores.around) : autocannon(cores.around)
}

/** What this machine makes worse, a line each. */
function shortcomings({ cores, hasProc }: Machine, generator: Generator): string[] {
  return [
    ...(generator.name === 'wrk'
      ? []
      : [
          'autocannon is slower than the fastest contenders: with wrk their ratios would be higher',
        ]),
    ...(cores.contender.length > 0
      ? []
      : ['nothing is pinned to a core: there is no taskset, or only one core']),
    ...(hasProc ? [] : ['CPU time and memory are not measured: there is no /proc here']),
  ]
}

async function main(): Promise<number> {
  let options: Options
  try {
    options = parseOptions(argv.slice(2), scenarios)
  } catch (error) {
    stderr.write(`${(error as Error).message}\n`)
    return 2
  }
  if (options.help) {
    stdout.write(usage(scenarios))
    return 0
  }
  await measure(options)
  return 0
}

// leaving by process.exit takes along what was started
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
process.exitCode = await main()
