import { join } from 'node:path'
import { styleText } from 'node:util'
import { quoted } from './demo-env.ts'
import { addressOf, type ProcessRow } from './landscape.ts'
import { effectiveOffset } from './port-offset.ts'
import { demoFile } from './preparation.ts'

type BannerOptions = {
  readonly processes: readonly ProcessRow[]
  /** The names of those that this supervisor runs. */
  readonly running: readonly string[]
  /** The state folder, from the root of the repository, and where it is if nothing else is there. */
  readonly folder: string
  readonly home: string
  /** PORT_OFFSET, as it was asked for. */
  readonly portOffset: number
  readonly colours: boolean
}

/** A call that answers 200 from the sample data, from the domain's list of example calls. */
const exampleCall = '/v1/businessStream/04/sessions/3229/resultStatus'

/** What is said once when the landscape is ready: where everything is and how to call it. */
export function banner(options: BannerOptions): string {
  const { processes, running, folder, colours } = options
  const heading = (text: string) =>
    colours ? styleText(['bold', 'green'], text, { validateStream: false }) : text
  const here = processes.filter(({ name }) => running.includes(name))
  const isWhole = here.length === processes.length
  const width = Math.max(...here.map(({ name }) => name.length))
  const addresses = here.map(({ name, managementPort }) => {
    const management = managementPort ? `   management http://127.0.0.1:${managementPort}` : ''
    return `  ${name.padEnd(width)}   ${addressOf(name, processes).padEnd(22)}${management}`.trimEnd()
  })

  return [
    '',
    heading(
      isWhole ? 'The landscape is ready' : `Ready: ${here.map(({ name }) => name).join(', ')}`,
    ),
    '',
    ...addresses,
    '',
    ...notes(options),
    ...(running.includes('ca-results-xapi')
      ? ['  Call it from the root of the repository:', '', exampleCurl(folder), '']
      : []),
    `  Logs: ${join(folder, 'logs')}/<service>.ndjson`,
    '  Stop: Ctrl-C',
    '',
  ].join('\n')
}

function notes({ portOffset, folder, home }: BannerOptions): string[] {
  const offset = effectiveOffset(portOffset)
  const reason = offset === portOffset ? '' : ', clear of the management ports of an unmoved one'
  const told = [
    ...(offset === 0
      ? []
      : [`PORT_OFFSET=${portOffset}: every port is moved by ${offset}${reason}`]),
    ...(folder === home ? [] : [`Another landscape has ${home}, so this one has ${folder}`]),
  ]
  return told.length === 0 ? [] : [...told.map((line) => `  ${line}`), '']
}

/** In one line and with the secret in a file, so that it works in any new shell. */
function exampleCurl(folder: string): string {
  return [
    `. ${quoted(demoFile(folder))} && curl --cacert "$CA_FILE"`,
    '-H "client_id: $CLIENT_ID" -H "client_secret: $CLIENT_SECRET"',
    '-H "X-TRANSACTION-ID: hello-1"',
    `"$RESULTS_API${exampleCall}"`,
  ].join(' ')
}
