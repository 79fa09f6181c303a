import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { styleText } from 'node:util'
import { banner } from './banner.ts'
import { type Command, parseCommand, usage } from './command-line.ts'
import { environmentsOf, moved, portsOf, processes } from './landscape.ts'
import { createOutput, logFile } from './output.ts'
import { effectiveOffset, parsePortOffset } from './port-offset.ts'
import { prepareLandscape } from './preparation.ts'
import { openStateFolder } from './state-folder.ts'
import { stopOnRequest } from './stop-requests.ts'
import { supervise } from './supervisor.ts'

const { argv, env, stdout, stderr } = process
const root = fileURLToPath(new URL('../../..', import.meta.url))

/** A path as a person types it at the root of the repository. */
function fromRoot(path: string): string {
  const short = relative(root, path)
  return short.startsWith('..') ? path : short
}

function complain(line: string): void {
  stderr.write(`${styleText('red', line, { stream: stderr })}\n`)
}

async function start({ keepGoing, names }: Command, portOffset: number): Promise<number> {
  const rows = moved(processes, effectiveOffset(portOffset))
  const home = resolve(env.STATE_FOLDER || join(root, '.local'))
  const state = openStateFolder(home, portOffset, (folder) => prepareLandscape(folder, rows, env))
  const environments = environmentsOf(state.prepared)
  const logFolder = join(state.path, 'logs')
  const plans = rows
    .filter(({ name }) => names.includes(name))
    .map(({ name, layer, entry }) => ({
      name,
      layer,
      entry: join(root, entry),
      environment: environments.get(name) ?? {},
      logFile: fromRoot(logFile(logFolder, name)),
    }))

  const terminal = stdout.isTTY ? { colours: stdout.hasColors() } : undefined
  const output = createOutput({ screen: stdout, terminal, names, logFolder })
  const supervision = supervise(
    plans,
    {
      line(name, line, shown) {
        output.keep(name, line)
        if (shown) output.show(name, line)
      },
      ready(name, afterMs) {
        if (terminal) output.say(`${name} is ready (${(afterMs / 1000).toFixed(1)} s)`)
      },
      allReady(running) {
        output.say(
          banner({
            processes: rows,
            running,
            home: fromRoot(home),
            folder: fromRoot(state.path),
            portOffset,
            colours: terminal?.colours ?? false,
          }),
        )
      },
      trouble: (name, what) => complain(`${name}: ${what}`),
    },
    { keepGoing },
  )
  stopOnRequest(supervision, {
    signals: process,
    outputs: [stdout, stderr],
    // npm's shell does not pass on the signal that ends it
    parentId: env.npm_lifecycle_event ? () => process.ppid : undefined,
  })

  const exitCode = await supervision.ended
  state.release()
  return exitCode
}

async function main(): Promise<number> {
  const known = processes.map(({ name }) => name)
  let command: Command
  let portOffset: number
  try {
    command = parseCommand(argv.slice(2), known)
    portOffset = parsePortOffset(env.PORT_OFFSET, portsOf(processes))
  } catch (error) {
    complain((error as Error).message)
    return 2
  }
  if (command.help) {
    stdout.write(usage(known))
    return 0
  }
  try {
    return await start(command, portOffset)
  } catch (error) {
    complain(`The landscape cannot be started: ${(error as Error).message}`)
    return 1
  }
}

process.exitCode = await main()
