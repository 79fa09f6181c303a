import { DependencyFailure } from '@ca/faults'
import {
  boolean,
  type Database,
  dateTime,
  integer,
  optional,
  type Procedure,
  procedure,
  text,
} from '@ca/stored-procedures'
import { inTransaction, openTransaction } from '@ca/telemetry'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Engine, Open } from './engines.ts'

const kept = {
  code: optional(text(10)),
  name: optional(text(100)),
  amount: optional(integer()),
  moment: optional(dateTime()),
  isLate: optional(boolean()),
}

const echo = procedure({ name: 'Echo', parameters: kept, rowSets: { items: kept } })
const getKept = procedure({
  name: 'GetKept',
  parameters: { offset: integer(), limit: integer() },
  rowSets: { page: { total: integer() }, items: { ...kept, code: text(10) } },
})
const getRowSets = procedure({
  name: 'GetRowSets',
  parameters: {},
  rowSets: {
    none: { code: text(10) },
    one: { code: text(10) },
    two: { code: text(10), amount: integer() },
  },
})
const getOddities = procedure({
  name: 'GetOddities',
  parameters: {},
  rowSets: {
    items: {
      a: text(1),
      b: text(1),
      padded: text(10),
      blank: optional(text(10)),
      fine: dateTime(),
      whole: integer(),
    },
  },
})
const refuse = procedure({
  name: 'Refuse',
  parameters: { code: text(10) },
  rowSets: { items: { code: text(10) } },
})
const amounts = (name: string) =>
  procedure({ name, parameters: {}, rowSets: { items: { amount: integer() } } })

/** Texts that come back as they went, or an engine reads more into text than there is. */
const texts = [
  '04200',
  '0',
  'NULL',
  'é',
  // a letter and an accent of its own: nobody may make one of them
  'e\u0301',
  'Zoë Łukasz',
  'مدرسة النور',
  'โรงเรียนนานาชาติดอกบัว',
  '陳大文',
  '𠮷田 😀',
  '👩🏽‍🏫',
  ' leading spaces',
  'two  spaces',
  '\ttab\nline\r\n.',
  '\ufeffmark',
  '\u00a0',
  '\u0001',
  `O'Neill`,
  `''`,
  `"; DROP TABLE Kept; --`,
  `'; DROP TABLE Kept; --`,
  `' OR '1'='1`,
  `%_[a-z]^\\`,
  `\\'`,
  '/* */ -- # ;',
  ':Code @Code $1 ? {d} &amp; &Code',
  `' || (SELECT Name FROM Kept) || '`,
  `N'x' + CHAR(39)`,
  '\nGO\n',
  '\n/\n',
  'x'.repeat(100),
  '😀'.repeat(50),
]

/** The rows of the sample data, in order: capitals before small letters, as their bytes have it. */
const keptJson = [
  '{"code":"04200","name":"Zoë Łukasz","amount":0,"moment":"2026-08-13T05:00:00Z","isLate":true}',
  '{"code":"4200","name":"陳大文 𠮷田 😀","amount":9007199254740991,"moment":"2024-02-29T23:59:59.250Z","isLate":false}',
  '{"code":"A","name":"ö o\u0308","amount":-9007199254740991,"moment":"1970-01-01T00:00:00Z"}',
  '{"code":"B","name":"مدرسة النور","amount":2147483648,"moment":"2026-03-29T01:30:00Z","isLate":false}',
  `{"code":"_","name":"\\"O'Neill\\" \\\\ [x] % ; --","amount":-1,"moment":"9999-12-31T23:59:59.999Z","isLate":true}`,
  '{"code":"a"}',
  '{"code":"b","name":" b","amount":2147483647,"moment":"2026-10-25T01:30:00.001Z","isLate":false}',
]

/**
 * What the port gives whatever the engine behind it, to the byte of the JSON that is made of it.
 * @param open opens the database `port`
 */
export function describePort({ name, hasServer }: Engine, open: Open): void {
  describe(`the port over ${name}`, () => {
    const opened: Database[] = []
    afterEach(async () => {
      for (const database of opened.splice(0)) await database.close()
    })

    const openWith = async (...procedures: Procedure[]) => {
      const database = await open(procedures)
      opened.push(database)
      return database
    }
    const json = async (answer: Promise<unknown>) => JSON.stringify(await answer)

    describe('a parameter comes back as it went', () => {
      const comesBack = async (values: Parameters<Database['call']>[1]) => {
        const database = await openWith(echo)
        expect(await json(database.call(echo, values))).toBe(JSON.stringify({ items: [values] }))
      }

      test('text', async () => {
        for (const each of texts) await comesBack({ name: each })
      })

      test.each([
        0,
        -1,
        2147483647,
        2147483648,
        -2147483649,
        Number.MAX_SAFE_INTEGER,
        Number.MIN_SAFE_INTEGER,
      ])('number %d', (amount) => comesBack({ amount }))

      test.each([
        '2026-08-13T05:00:00Z',
        '2026-08-13T05:00:00.250Z',
        '2026-08-13T05:00:00.001Z',
        '2024-02-29T23:59:59.999Z',
        '1900-01-01T00:00:00Z',
        // an hour that a clock in Britain skips, and one that it shows twice
        '2026-03-29T01:30:00Z',
        '2026-10-25T01:30:00Z',
        '9999-12-31T23:59:59.999Z',
      ])('moment %s', (moment) => comesBack({ moment }))

      test.each([true, false])('%s', (isLate) => comesBack({ isLate }))

      test('none at all', () => comesBack({}))

      test('all of them', () =>
        comesBack({
          code: '04200',
          name: 'Ł',
          amount: 7,
          moment: '2026-08-13T05:00:00Z',
          isLate: true,
        }))
    })

    describe('a parameter that would not is refused before it is sent', () => {
      test.each([
        ['longer than described', { code: 'x'.repeat(11) }],
        ['empty', { name: '' }],
        ['with a space at its end', { name: 'a ' }],
        ['with NUL', { name: 'a\0b' }],
        ['half a character', { name: 'a\ud800' }],
        ['a fraction', { amount: 0.5 }],
        ['too large', { amount: 2 ** 53 }],
        ['a day that there is not', { moment: '2026-02-29T00:00:00Z' }],
      ])('%s', async (_, values) => {
        const database = await openWith(echo)
        await expect(database.call(echo, values)).rejects.toMatchObject({
          way: 'failed',
          repeat: 'none',
        })
      })
    })

    describe('rows', () => {
      test('are the same to the byte, and in order of the bytes of their codes', async () => {
        const database = await openWith(getKept)
        expect(await json(database.call(getKept, { offset: 0, limit: 100 }))).toBe(
          `{"page":[{"total":7}],"items":[${keptJson}]}`,
        )
      })

      test.each([
        [0, 2],
        [2, 2],
        [6, 2],
        [7, 2],
        [2147483647, 100],
      ])('come in pages, from %d on %d, with the number of all', async (offset, limit) => {
        const database = await openWith(getKept)
        expect(await json(database.call(getKept, { offset, limit }))).toBe(
          `{"page":[{"total":7}],"items":[${keptJson.slice(offset, offset + limit)}]}`,
        )
      })

      test('come in several sets, in the order of the description, as do their columns', async () => {
        const database = await openWith(getRowSets)
        expect(await json(database.call(getRowSets, {}))).toBe(
          '{"none":[],"one":[{"code":"a"}],"two":[{"code":"B","amount":2147483648},' +
            '{"code":"A","amount":-9007199254740991}]}',
        )
      })

      test('are read alike, however an engine holds them', async () => {
        const database = await openWith(getOddities)
        expect(await json(database.call(getOddities, {}))).toBe(
          '{"items":[{"a":"A","b":"B","padded":"R031","fine":"2026-08-13T05:00:00.250Z","whole":5}]}',
        )
      })

      test('belong to the call that asked for them, however many ask at once', async () => {
        const database = await openWith(echo)
        const numbers = Array.from({ length: 60 }, (_, number) => number)
        const answers = await Promise.all(
          numbers.map((amount) => database.call(echo, { amount, name: `of ${amount}` })),
        )
        expect(answers.map(({ items }) => items)).toEqual(
          numbers.map((amount) => [{ amount, name: `of ${amount}` }]),
        )
      })
    })

    describe('what is no answer fails, and is not tried again', () => {
      /** An engine without a server finds out as it opens, and then there is nothing to call. */
      const failureOf = async (described: Procedure, values: Record<string, string> = {}) => {
        const transaction = openTransaction('t-00001')
        const error = await inTransaction(transaction, async () => {
          const database = await openWith(described)
          return database.call(described, values)
        }).catch((cause) => cause)
        expect(error).toBeInstanceOf(Error)
        if (hasServer) {
          expect(error).toBeInstanceOf(DependencyFailure)
          expect(transaction.calls).toMatchObject([{ attempts: 1 }])
        }
        return error
      }

      test.each([
        ['a fraction', 'GetFraction'],
        ['a number that would be rounded', 'GetTooLarge'],
      ])('%s for a whole number', async (_, name) => {
        const error = await failureOf(amounts(name))
        expect(error).toMatchObject({ way: 'failed', repeat: 'none' })
        expect(error.message).toBe(
          `port failed: ${name}: row set items: column Amount holds what is not integer`,
        )
      })

      test('a column that is null and may not be', async () => {
        const strict = { ...kept, code: text(10) }
        const error = await failureOf(procedure({ ...echo, rowSets: { items: strict } }))
        expect(error.message).toBe('port failed: Echo: row set items: column Code is null')
      })

      test('a column that is not described', async () => {
        const { isLate: _, ...fewer } = kept
        const error = await failureOf(procedure({ ...echo, rowSets: { items: fewer } }))
        expect(error.message).toContain('row set items: its columns are ')
        expect(error.message).toContain('described are Code, Name, Amount, Moment')
      })

      test('a procedure that there is not', async () => {
        const error = await failureOf(amounts('GetNothing'))
        if (hasServer) expect(error).toMatchObject({ way: 'failed', repeat: 'none' })
        expect(error.message).toContain('port')
      })

      test('a parameter that the procedure does not know', async () => {
        const error = await failureOf(
          procedure({
            name: 'GetFraction',
            parameters: { colour: text(10) },
            rowSets: { items: { amount: integer() } },
          }),
          { colour: 'red' },
        )
        expect(error.message).toContain('port')
      })
    })

    if (hasServer) {
      test('a refusal of the procedure itself is one, and is not tried again', async () => {
        const database = await openWith(refuse)
        const transaction = openTransaction('t-00001')
        await expect(
          inTransaction(transaction, () => database.call(refuse, { code: '0500' })),
        ).rejects.toMatchObject({ way: 'refused', repeat: 'none' })
        expect(transaction.calls).toMatchObject([{ attempts: 1, outcome: 'refused' }])
        // and the connection is as good as before
        expect(await database.call(refuse, { code: '0501' })).toEqual({ items: [{ code: '0501' }] })
      })
    }

    test('the check finds it there', async () => {
      const database = await openWith()
      await database.check()
    })
  })
}
