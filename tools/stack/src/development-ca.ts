import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type KeyedCertificate,
  makeAuthority,
  makeServerCertificate,
  type Period,
} from './certificate.ts'
import { writePrivately } from './private-file.ts'

/** Where the landscape's servers find their certificate, and their callers whom to trust. */
export type DevelopmentCa = {
  /** The authority's certificate: what a caller trusts. */
  readonly authorityFile: string
  readonly certificateFile: string
  readonly keyFile: string
}

/** What a landscape on this machine is reached by. */
const hosts = ['localhost', '127.0.0.1', '::1'] as const

const dayMs = 24 * 60 * 60 * 1000
const authorityDays = 5 * 365
/** Browsers refuse a server's certificate that is good for more than 398 days. */
const serverDays = 397
const renewalDays = 30
/** Certificates begin an hour ago: the clock of a container or of a guest machine may be behind. */
const clockSlackMs = 60 * 60 * 1000

/**
 * Keeps a development CA and a server's certificate in the folder: makes what is missing, does not
 * fit together or ends within 30 days, and leaves the rest as it is.
 * @param now the present time
 */
export function keepDevelopmentCa(folder: string, now = new Date()): DevelopmentCa {
  const authorityPair = pairOfFiles(folder, 'ca')
  const serverPair = pairOfFiles(folder, 'server')

  const authority =
    authorityPair.read((found) => isFresh(found, now) && found.ca) ??
    authorityPair.write(
      makeAuthority('Exam board development CA', hosts, period(now, authorityDays)),
    )
  const issuer = new X509Certificate(authority.certificate)
  const isGood = (found: X509Certificate) =>
    isFresh(found, now) && found.checkIssued(issuer) && found.verify(issuer.publicKey)
  if (!serverPair.read(isGood)) {
    serverPair.write(makeServerCertificate(authority, hosts, serverPeriod(now, issuer)))
  }

  return {
    authorityFile: authorityPair.certificateFile,
    certificateFile: serverPair.certificateFile,
    keyFile: serverPair.keyFile,
  }
}

function period(now: Date, days: number): Period {
  const from = new Date(now.getTime() - clockSlackMs)
  return { from, until: new Date(from.getTime() + days * dayMs) }
}

/** A certificate must not outlive the one that vouches for it. */
function serverPeriod(now: Date, issuer: X509Certificate): Period {
  const { from, until } = period(now, serverDays)
  return { from, until: new Date(Math.min(until.getTime(), issuer.validToDate.getTime())) }
}

function isFresh(certificate: X509Certificate, now: Date): boolean {
  return (
    certificate.validFromDate <= now &&
    certificate.validToDate.getTime() - now.getTime() > renewalDays * dayMs
  )
}

/** A certificate and its key in two files, which a start that was killed may have left unlike. */
function pairOfFiles(folder: string, name: string) {
  const certificateFile = join(folder, `${name}.pem`)
  const keyFile = join(folder, `${name}-key.pem`)
  return {
    certificateFile,
    keyFile,
    read(isGood: (certificate: X509Certificate) => boolean): KeyedCertificate | undefined {
      try {
        const certificate = readFileSync(certificateFile, 'utf8')
        const key = readFileSync(keyFile, 'utf8')
        const found = new X509Certificate(certificate)
        return found.checkPrivateKey(createPrivateKey(key)) && isGood(found)
          ? { certificate, key }
          : undefined
      } catch {
        // missing or damaged: it is made anew
        return undefined
      }
    },
    write(made: KeyedCertificate): KeyedCertificate {
      writePrivately(keyFile, made.key)
      writePrivately(certificateFile, made.certificate)
      return made
    },
  }
}
