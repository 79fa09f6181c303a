import { parseArgs } from 'node:util'
import type { Scenario } from './scenario.ts'

/** What the benchmark was asked to do. */
export type Options = {
  readonly scenarios: readonly Scenario[]
  /** Of load, for each contender and round. */
  readonly seconds: number
  readonly rounds: number
  readonly soakMinutes: number
  /** Where the rows go as JSON. */
  readonly json: string | undefined
  readonly help: boolean
}

/**
 * @param args those of the command line
 * @param all the scenarios that there are
 * @throws {Error} in one line that says what is wrong with them
 */
export function parseOptions(args: string[], all: readonly Scenario[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      scenarios: { type: 'string' },
      seconds: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '7' },
      'soak-minutes': { type: 'string', default: '10' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  return {
    scenarios: values.scenarios
      ? named(values.scenarios, all)
      : all.filter(({ onRequest }) => !onRequest),
    seconds: wholeNumber('--seconds', values.seconds),
    rounds: wholeNumber('--rounds', values.rounds),
    soakMinutes: wholeNumber('--soak-minutes', values['soak-minutes']),
    json: values.json,
    help: values.help,
  }
}

/** What the command line takes. */
export function usage(all: readonly Scenario[]): string {
  const lines = all.map(
    ({ letter, title, onRequest }) =>
      `  ${letter}  ${title}${onRequest ? ' (only when it is named)' : ''}`,
  )
  return `npm run bench -- [options]

  --scenarios a,c     which of those below; all that need not be named, otherwise
  --seconds 1         of load, for each contender and round
  --rounds 7          in each of which every contender has its turn
  --json FILE         writes the rows of the table there too
  --soak-minutes 10   how long scenario h lasts

${lines.join('\n')}
`
}

function named(letters: string, all: readonly Scenario[]): Scenario[] {
  return letters.split(',').map((letter) => {
    const scenario = all.find((one) => one.letter === letter.trim())
    if (scenario) return scenario
    throw new Error(`there is no scenario ${letter}; there are ${all.map((one) => one.letter)}`)
  })
}

function wholeNumber(option: string, text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new Error(`${option} wants a whole number from 1 on`)
}
