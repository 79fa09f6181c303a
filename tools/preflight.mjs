// Plain JavaScript that any Node runs: it comes before the first TypeScript file is read.
// The sources are run as they stand (type stripping), which wants Node 24.
import { readFileSync } from 'node:fs'

const wanted = readFileSync(new URL('../.node-version', import.meta.url), 'utf8').trim()
const [major] = wanted.split('.')

if (Number(process.versions.node.split('.')[0]) < Number(major)) {
  process.stderr.write(
    `This needs Node ${major} and runs on ${process.versions.node}. ` +
      `On Linux and Windows \`npm ci\` brings Node ${wanted} and npm scripts use it; ` +
      `elsewhere install it (the version stands in .node-version) and try again.\n`,
  )
  process.exit(1)
}
