import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto'
import { isIP } from 'node:net'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  NameConstraints,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509'

/** A certificate and the private key to it, both as PEM. */
export type KeyedCertificate = { readonly certificate: string; readonly key: string }

/** When a certificate begins and ends. */
export type Period = { readonly from: Date; readonly until: Date }

const id_commonName = '2.5.4.3'
const id_ecdsaWithSha256 = '1.2.840.10045.4.3.2'

/**
 * Makes a certificate authority that can vouch for servers at these hosts and for nothing else:
 * whoever trusts it in a browser does not have to trust everybody who can read its key.
 * @param hosts DNS names and IP addresses
 */
export function makeAuthority(
  name: string,
  hosts: readonly string[],
  period: Period,
): KeyedCertificate {
  const keys = newKeys()
  return issue({
    subject: nameOf(name),
    issuer: nameOf(name),
    period,
    keys,
    signingKey: keys.privateKey,
    extensions: [
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 })),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign)),
      extension(
        id_ce_subjectKeyIdentifier,
        new SubjectKeyIdentifier(keyIdentifier(keys.publicKey)),
        false,
      ),
      extension(
        id_ce_nameConstraints,
        new NameConstraints({
          permittedSubtrees: new GeneralSubtrees(
            hosts.map((host) => new GeneralSubtree({ base: subtreeOf(host) })),
          ),
        }),
      ),
    ],
  })
}

/**
 * Makes a server's certificate.
 * @param authority who vouches for it
 * @param hosts the DNS names and IP addresses that the server is reached by; the first names it
 */
export function makeServerCertificate(
  authority: KeyedCertificate,
  hosts: readonly [string, ...string[]],
  period: Period,
): KeyedCertificate {
  const keys = newKeys()
  const issuer = new X509Certificate(authority.certificate)
  return issue({
    subject: nameOf(hosts[0]),
    issuer: AsnConvert.parse(issuer.raw, Certificate).tbsCertificate.subject,
    period,
    keys,
    signingKey: createPrivateKey(authority.key),
    extensions: [
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: false })),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature)),
      extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth]), false),
      extension(id_ce_subjectAltName, new SubjectAlternativeName(hosts.map(generalName)), false),
      extension(
        id_ce_subjectKeyIdentifier,
        new SubjectKeyIdentifier(keyIdentifier(keys.publicKey)),
        false,
      ),
      extension(
        id_ce_authorityKeyIdentifier,
        new AuthorityKeyIdentifier({
          keyIdentifier: new KeyIdentifier(keyIdentifier(issuer.publicKey)),
        }),
        false,
      ),
    ],
  })
}

type Keys = { readonly publicKey: KeyObject; readonly privateKey: KeyObject }

function newKeys(): Keys {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

type Request = {
  subject: Name
  issuer: Name
  period: Period
  keys: Keys
  signingKey: KeyObject
  extensions: Extension[]
}

function issue({ subject, issuer, period, keys, signingKey, extensions }: Request) {
  const signature = new AlgorithmIdentifier({ algorithm: id_ecdsaWithSha256 })
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialNumber(),
    signature,
    issuer,
    validity: new Validity({ notBefore: period.from, notAfter: period.until }),
    subject,
    subjectPublicKeyInfo: publicKeyInfo(keys.publicKey),
    extensions: new Extensions(extensions),
  })
  const signed = new Certificate({
    tbsCertificate,
    signatureAlgorithm: signature,
    signatureValue: bytes(sign('sha256', encode(tbsCertificate), signingKey)),
  })
  return {
    certificate: pem(encode(signed)),
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function extension(id: string, value: unknown, critical = true): Extension {
  return new Extension({ extnID: id, critical, extnValue: new OctetString(encode(value)) })
}

function nameOf(commonName: string): Name {
  const value = new AttributeValue({ utf8String: commonName })
  return new Name([
    new RelativeDistinguishedName([new AttributeTypeAndValue({ type: id_commonName, value })]),
  ])
}

function generalName(host: string): GeneralName {
  return new GeneralName(isIP(host) ? { iPAddress: host } : { dNSName: host })
}

function subtreeOf(host: string): GeneralName {
  const bits = { 4: 32, 6: 128 }[isIP(host)]
  return new GeneralName(bits ? { iPAddress: `${host}/${bits}` } : { dNSName: host })
}

function publicKeyInfo(key: KeyObject): SubjectPublicKeyInfo {
  return AsnConvert.parse(key.export({ type: 'spki', format: 'der' }), SubjectPublicKeyInfo)
}

/** RFC 5280 §4.2.1.2, method 1. */
function keyIdentifier(key: KeyObject): ArrayBuffer {
  const bits = Buffer.from(publicKeyInfo(key).subjectPublicKey)
  return bytes(createHash('sha1').update(bits).digest())
}

/** A positive number of 16 bytes, of which DER lets none be a leading zero: 126 bits are random. */
function serialNumber(): ArrayBuffer {
  const number = randomBytes(16)
  number[0] = ((number[0] ?? 0) & 0x3f) | 0x40
  return bytes(number)
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').replaceAll(/.{1,64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`
}

function encode(value: unknown): Buffer {
  return Buffer.from(AsnConvert.serialize(value))
}

function bytes(buffer: Buffer): ArrayBuffer {
  return new Uint8Array(buffer).buffer
}
