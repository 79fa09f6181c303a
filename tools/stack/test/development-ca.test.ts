import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { checkServerIdentity, connect, createServer } from 'node:tls'
import { describe, expect, test } from '@jest/globals'
import { type KeyedCertificate, makeServerCertificate } from '../src/certificate.ts'
import { type DevelopmentCa, keepDevelopmentCa } from '../src/development-ca.ts'
import { temporaryFolder } from './temporary-folder.ts'

const dayMs = 24 * 60 * 60 * 1000
const files = ['ca.pem', 'ca-key.pem', 'server.pem', 'server-key.pem'] as const

function inDays(days: number): Date {
  return new Date(Date.now() + days * dayMs)
}

function contents(folder: string): string[] {
  return files.map((file) => readFileSync(join(folder, file), 'utf8'))
}

function certificateIn(file: string): X509Certificate {
  return new X509Certificate(readFileSync(file))
}

function pair(certificateFile: string, keyFile: string): KeyedCertificate {
  return {
    certificate: readFileSync(certificateFile, 'utf8'),
    key: readFileSync(keyFile, 'utf8'),
  }
}

/**
 * A TLS handshake with a server, as a caller makes it that trusts this CA and no other.
 * @returns the server's certificate
 * @throws why the caller does not trust the server
 */
async function handshake(ca: string, server: KeyedCertificate, servername = 'localhost') {
  const listener = createServer({ cert: server.certificate, key: server.key })
  listener.on('tlsClientError', () => {})
  await once(listener.listen(0, '127.0.0.1'), 'listening')
  const { port } = listener.address() as AddressInfo
  const socket = connect({ host: '127.0.0.1', port, servername, ca: readFileSync(ca) })
  try {
    await once(socket, 'secureConnect')
    return socket.getPeerCertificate()
  } finally {
    socket.destroy()
    listener.close()
  }
}

function serverOf({ certificateFile, keyFile }: DevelopmentCa): KeyedCertificate {
  return pair(certificateFile, keyFile)
}

describe('a caller that trusts the CA', () => {
  test('trusts the server by each of its names', async () => {
    const ca = keepDevelopmentCa(temporaryFolder())

    const certificate = await handshake(ca.authorityFile, serverOf(ca))
    for (const host of ['localhost', '127.0.0.1', '::1']) {
      expect(checkServerIdentity(host, certificate)).toBeUndefined()
    }
    expect(checkServerIdentity('example.org', certificate)).toHaveProperty(
      'code',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    )
  })

  test('does not trust the server of another CA', async () => {
    const [ca, other] = [keepDevelopmentCa(temporaryFolder()), keepDevelopmentCa(temporaryFolder())]

    await expect(handshake(ca.authorityFile, serverOf(other))).rejects.toThrow(/signature|verify/)
  })

  test('does not trust it for hosts elsewhere, should its key be stolen', async () => {
    const folder = temporaryFolder()
    const { authorityFile } = keepDevelopmentCa(folder)
    const authority = pair(authorityFile, join(folder, 'ca-key.pem'))
    const stolen = makeServerCertificate(authority, ['example.org'], {
      from: inDays(-1),
      until: inDays(1),
    })

    await expect(handshake(authorityFile, stolen, 'example.org')).rejects.toThrow(
      'permitted subtree violation',
    )
  })
})

test('the CA is good for 5 years and the server for 397 days, and no other may read the files', () => {
  const folder = temporaryFolder()
  const { authorityFile, certificateFile } = keepDevelopmentCa(folder)
  const [authority, server] = [certificateIn(authorityFile), certificateIn(certificateFile)]

  const days = (certificate: X509Certificate) =>
    (certificate.validToDate.getTime() - certificate.validFromDate.getTime()) / dayMs
  expect(days(authority)).toBe(5 * 365)
  expect(days(server)).toBe(397)
  expect(authority.ca).toBe(true)
  expect(server.ca).toBe(false)
  expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
  for (const file of files) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
})

describe('at later starts', () => {
  test('everything is kept as it is', () => {
    const folder = temporaryFolder()
    keepDevelopmentCa(folder)
    const first = contents(folder)
    keepDevelopmentCa(folder, inDays(360))

    expect(contents(folder)).toEqual(first)
  })

  test.each([
    ['in its last 30 days', 367],
    ['when it has ended', 500],
    ['when the clock was wrong', -10],
  ])('the server gets a new certificate %s', (_when, days) => {
    const folder = temporaryFolder()
    const { certificateFile } = keepDevelopmentCa(folder)
    const first = certificateIn(certificateFile)
    const now = inDays(days)
    keepDevelopmentCa(folder, now)

    const second = certificateIn(certificateFile)
    expect(second.serialNumber).not.toBe(first.serialNumber)
    expect(second.validFromDate < now && now < second.validToDate).toBe(true)
  })

  test('the CA stays when the server gets a new certificate, which does not outlive it', () => {
    const folder = temporaryFolder()
    const { authorityFile, certificateFile } = keepDevelopmentCa(folder)
    const authority = certificateIn(authorityFile)
    keepDevelopmentCa(folder, inDays(5 * 365 - 40))

    expect(certificateIn(authorityFile).fingerprint256).toBe(authority.fingerprint256)
    expect(certificateIn(certificateFile).validTo).toBe(authority.validTo)
  })

  test.each(files)('a damaged or missing %s is mended', async (file) => {
    for (const damage of ['', contentsOfHalf(file)]) {
      const folder = temporaryFolder()
      keepDevelopmentCa(folder)
      writeFileSync(join(folder, file), damage)

      const ca = keepDevelopmentCa(folder)
      await expect(handshake(ca.authorityFile, serverOf(ca))).resolves.toBeDefined()
    }
  })

  test.each(files)('a %s that does not fit the others is mended', async (file) => {
    const [folder, other] = [temporaryFolder(), temporaryFolder()]
    keepDevelopmentCa(folder)
    keepDevelopmentCa(other)
    writeFileSync(join(folder, file), readFileSync(join(other, file)))

    const ca = keepDevelopmentCa(folder)
    await expect(handshake(ca.authorityFile, serverOf(ca))).resolves.toBeDefined()
  })
})

/** What a file looks like that was not written to its end. */
function contentsOfHalf(file: string): string {
  const folder = temporaryFolder()
  keepDevelopmentCa(folder)
  const whole = readFileSync(join(folder, file), 'utf8')
  return whole.slice(0, whole.length / 2)
}
