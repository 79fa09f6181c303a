import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startMissingServers } from './containers.ts'

/**
 * `npm run test:databases`: what databases answer, over every engine that is to be had. A server
 * that no variable names is started in a container, where a container engine answers.
 */
const { argv, env, execPath, stderr } = process
const root = fileURLToPath(new URL('../..', import.meta.url))
const tests = ['databases/', 'packages/stored-procedures/', 'tools/db-apply/']

const servers = await startMissingServers(env, (line) => stderr.write(`${line}\n`))
try {
  const jest = spawn(
    execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      ...tests,
      ...argv.slice(2),
    ],
    { cwd: root, env: { ...env, ...servers.urls }, stdio: 'inherit' },
  )
  const [code] = await once(jest, 'close')
  process.exitCode = code ?? 1
} finally {
  await servers.stop()
}
