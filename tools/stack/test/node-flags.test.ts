import { readFileSync } from 'node:fs'
import { nodeFlags } from '@ca/service-kit/node-flags'
import { expect, test } from '@jest/globals'

test('an image runs its service by the same flags as npm start', () => {
  const dockerfile = readFileSync(new URL('../../../Dockerfile', import.meta.url), 'utf8')
  const [, command = ''] = /^ENTRYPOINT (.+)$/m.exec(dockerfile) ?? []
  expect(JSON.parse(command)).toEqual(['node', ...nodeFlags])
})
