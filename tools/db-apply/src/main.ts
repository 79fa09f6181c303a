import { styleText } from 'node:util'
import { applyDatabase } from './apply.ts'
import { parseCommand, usage, WrongUse } from './command-line.ts'
import { databaseNames } from './definition.ts'
import { createReport } from './report.ts'
import { secretsOf, withoutSecrets } from './secrets.ts'
import { serviceLogin } from './service-login.ts'

const { argv, env, stdout, stderr } = process
const names = databaseNames()

try {
  const command = parseCommand(argv.slice(2), names)
  if (command.action === 'help') {
    stdout.write(usage(names))
  } else {
    const report = createReport(stdout, stderr)
    await applyDatabase({ ...command, login: serviceLogin(env), report })
    report.close()
  }
} catch (error) {
  const isWrongUse = error instanceof WrongUse
  const [line = ''] = withoutSecrets((error as Error).message, secretsOf(argv.slice(2), env)).split(
    '\n',
  )
  stderr.write(`${styleText('red', line, { stream: stderr })}\n`)
  if (isWrongUse) stderr.write(`\n${usage(names)}`)
  process.exitCode = isWrongUse ? 2 : 1
}
