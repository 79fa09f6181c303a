// The gateway as its own quick start configures it: one pipeline that passes everything on.
const { cpSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { tmpdir } = require('node:os')
const { dirname, join } = require('node:path')

const [port, upstreamUrl] = process.argv.slice(2)
const installed = createRequire(join(__dirname, '../../.local/express-gateway/package.json'))

const gateway = {
  http: { port: Number(port), hostname: '127.0.0.1' },
  apiEndpoints: { all: { host: '*', paths: '/*' } },
  serviceEndpoints: { upstream: { url: upstreamUrl } },
  policies: ['proxy'],
  pipelines: {
    all: {
      apiEndpoints: ['all'],
      policies: [{ proxy: [{ action: { serviceEndpoint: 'upstream' } }] }],
    },
  },
}
const system = {
  db: { redis: { emulate: true, namespace: 'EG' } },
  crypto: { cipherKey: 'none', algorithm: 'aes256', saltRounds: 10 },
  session: { secret: 'none', resave: false, saveUninitialized: false },
}

const folder = mkdtempSync(join(tmpdir(), 'express-gateway-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const name of ['SIGTERM', 'disconnect']) process.on(name, () => process.exit(0))
// it wants these as its package brings them
const models = join(dirname(installed.resolve('express-gateway')), 'config/models')
cpSync(models, join(folder, 'models'), { recursive: true })
// JSON is YAML
writeFileSync(join(folder, 'gateway.config.yml'), JSON.stringify(gateway))
writeFileSync(join(folder, 'system.config.yml'), JSON.stringify(system))

installed('express-gateway')()
  .load(folder)
  .run()
  .then(() => process.send({ event: 'ready' }))
