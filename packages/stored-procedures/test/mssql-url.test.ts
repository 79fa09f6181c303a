import { describe, expect, test } from '@jest/globals'
import { openDatabase } from '../src/index.ts'
import { parseAddress } from '../src/mssql/address.ts'
import { settings, silent } from './sample-database.ts'

const parse = (url: string) => parseAddress(new URL(url))

describe('the URL of an SQL Server', () => {
  test('says where it is, who asks and how', () => {
    expect(
      parse('mssql://reader:secret@db.example:1533/EPS?encrypt=false&trustServerCertificate=true'),
    ).toEqual({
      server: 'db.example',
      port: 1533,
      user: 'reader',
      password: 'secret',
      database: 'EPS',
      encrypt: false,
      trustServerCertificate: true,
    })
  })

  test('stands for encryption with a certificate that is held to, at port 1433', () => {
    expect(parse('mssql://reader:secret@db.example/EPS')).toMatchObject({
      port: 1433,
      encrypt: true,
      trustServerCertificate: false,
    })
  })

  test('may hold percent-encoded characters', () => {
    expect(parse('mssql://DOMAIN%5Cr%40b:p%3A%2F%3F%23%25%C3%A9@[::1]/CI%20Direct')).toMatchObject({
      server: '::1',
      user: 'DOMAIN\\r@b',
      password: 'p:/?#%é',
      database: 'CI Direct',
    })
  })

  test.each([
    ['without a user', 'mssql://db.example/EPS'],
    ['without a password', 'mssql://secret@db.example/EPS'],
    ['without a user but with a password', 'mssql://:secret@db.example/EPS'],
    ['without a host', 'mssql:///EPS'],
    ['without a database', 'mssql://reader:secret@db.example'],
    ['with an empty database', 'mssql://reader:secret@db.example/'],
    ['with more than a database', 'mssql://reader:secret@db.example/EPS/dbo'],
    ['with port 0', 'mssql://reader:secret@db.example:0/EPS'],
    ['with what is no percent-encoding', 'mssql://reader:secret%zz@db.example/EPS'],
    ['with an unknown option', 'mssql://reader:secret@db.example/EPS?encrypted=true'],
    ['with an option in other letters', 'mssql://reader:secret@db.example/EPS?Encrypt=true'],
    ['with an option that is no boolean', 'mssql://reader:secret@db.example/EPS?encrypt=yes'],
    ['with an empty option', 'mssql://reader:secret@db.example/EPS?encrypt='],
    ['with an option twice', 'mssql://reader:secret@db.example/EPS?encrypt=true&encrypt=false'],
    ['with a part after it', 'mssql://reader:secret@db.example/EPS#secret'],
    ['that is only a scheme', 'mssql:'],
  ])('is refused without being repeated: %s', async (_, url) => {
    const opening = openDatabase({
      name: 'eps',
      url,
      settings,
      telemetry: silent,
      procedures: [],
    })
    await expect(opening).rejects.toThrow(
      'Database eps: its URL has to be mssql://user:password@host:1433/database' +
        '?encrypt=true|false&trustServerCertificate=true|false',
    )
    await expect(opening).rejects.not.toThrow(/secret|reader|example/)
  })
})
