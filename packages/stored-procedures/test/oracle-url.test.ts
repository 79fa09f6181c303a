import { describe, expect, test } from '@jest/globals'
import { openDatabase } from '../src/index.ts'
import { parseAddress } from '../src/oracle/address.ts'
import { settings, silent } from './sample-database.ts'

const parse = (url: string, name = 'interchange') => parseAddress(name, new URL(url))

describe('the URL of an Oracle server', () => {
  test('says where it is, who asks and whose procedures are called', () => {
    expect(
      parse('oracle://reader:secret@db.example:1621/ORCLPDB1?schema=ocr&protocol=tcps'),
    ).toEqual({
      connectString: 'tcps://db.example:1621/ORCLPDB1',
      user: 'reader',
      password: 'secret',
      schema: 'OCR',
    })
  })

  test('stands for port 1521, no encryption, and a schema that goes by the database’s name', () => {
    expect(parse('oracle://reader:secret@db.example/ORCLPDB1')).toMatchObject({
      connectString: 'tcp://db.example:1521/ORCLPDB1',
      schema: 'INTERCHANGE',
    })
    expect(parse('oracle://reader:secret@db.example/ORCLPDB1', 'ci-direct').schema).toBe(
      'CI_DIRECT',
    )
  })

  test('may hold percent-encoded characters', () => {
    expect(parse('oracle://r%40b:p%3A%2F%3F%23%25%C3%A9@[::1]/pdb1.db%2Dexample')).toMatchObject({
      connectString: 'tcp://[::1]:1521/pdb1.db-example',
      user: 'r@b',
      password: 'p:/?#%é',
    })
  })

  test.each([
    ['without a user', 'oracle://db.example/PDB'],
    ['without a password', 'oracle://secret@db.example/PDB'],
    ['without a user but with a password', 'oracle://:secret@db.example/PDB'],
    ['without a host', 'oracle:///PDB'],
    ['with more than one host', 'oracle://reader:secret@db.example,other.example/PDB'],
    ['without a service', 'oracle://reader:secret@db.example'],
    ['with an empty service', 'oracle://reader:secret@db.example/'],
    ['with more than a service', 'oracle://reader:secret@db.example/PDB/INTERCHANGE'],
    [
      'with an option of the driver’s in the service',
      'oracle://reader:secret@db.example/PDB%3Fsdu=1',
    ],
    ['with a server type in the service', 'oracle://reader:secret@db.example/PDB%3Apooled'],
    ['with what is no percent-encoding', 'oracle://reader:secret%zz@db.example/PDB'],
    [
      'with a schema that would have to be quoted',
      'oracle://reader:secret@db.example/PDB?schema=a%20b',
    ],
    ['with SQL in the schema', 'oracle://reader:secret@db.example/PDB?schema=A.B;END'],
    ['with an empty schema', 'oracle://reader:secret@db.example/PDB?schema='],
    ['with an unknown protocol', 'oracle://reader:secret@db.example/PDB?protocol=http'],
    ['with an unknown option', 'oracle://reader:secret@db.example/PDB?wallet=x'],
    ['with an option in other letters', 'oracle://reader:secret@db.example/PDB?Schema=A'],
    ['with an option twice', 'oracle://reader:secret@db.example/PDB?schema=A&schema=B'],
    ['with a part after it', 'oracle://reader:secret@db.example/PDB#secret'],
    ['that is only a scheme', 'oracle:'],
  ])('is refused without being repeated: %s', async (_, url) => {
    const opening = openDatabase({
      name: 'interchange',
      url,
      settings,
      telemetry: silent,
      procedures: [],
    })
    await expect(opening).rejects.toThrow(
      'Database interchange: its URL has to be ' +
        'oracle://user:password@host:1521/service?schema=NAME&protocol=tcp|tcps',
    )
    await expect(opening).rejects.not.toThrow(/secret|reader|example/)
  })
})
