import type { Database, Procedure } from '@ca/stored-procedures'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

/** What would mean something to one engine or another, were it ever part of a statement. */
const hostileTexts = [
  `'`,
  `''`,
  `"`,
  ']',
  '`',
  '\\',
  `\\'`,
  ';',
  '--',
  '/*',
  '*/',
  '%',
  '_',
  '[A]',
  '$1',
  ':p0',
  '?',
  '@p1',
  '{x}',
  '&x',
  '||',
  '+',
  `'+'`,
  `'--`,
  `');`,
  `' OR`,
  `';GO`,
  `'OR 1=1--`,
  `1' OR '1'='1`,
  `'; DROP--`,
  '\u02bc',
  '\uff07',
  'ª',
  '\u0085',
  '\t',
  '\n',
  '\r\nGO',
  '\n/\n',
  '\u0001',
  '😀',
]

/** A procedure, and a key that rows have: every parameter, the optional ones too. */
export type Asked = {
  readonly procedure: Procedure
  readonly key: Readonly<Record<string, string | number>>
}

/**
 * What holds of every procedure of a database: text is text, whatever it looks like. No row has
 * such a key, so that none is answered, and nothing fails.
 */
export function describeHostileText(
  engine: string,
  asked: readonly Asked[],
  open: (procedures: readonly Procedure[]) => Promise<Database>,
): void {
  const parameters = asked.flatMap(({ procedure, key }) =>
    Object.entries(procedure.parameters)
      .filter(([, { kind }]) => kind === 'text')
      .map(([name, { length = 0 }]) => ({ procedure, key, name, length })),
  )

  describe(`hostile text in ${engine}`, () => {
    let database: Database

    beforeAll(async () => {
      database = await open(asked.map(({ procedure }) => procedure))
    })
    afterAll(() => database.close())

    const found = async ({ procedure, key }: Asked) => {
      const answer: Record<string, Record<string, unknown>[]> = await database.call(procedure, key)
      const { page = [], ...rowSets } = answer
      return [...page.filter(({ total }) => total !== 0), ...Object.values(rowSets).flat()]
    }

    test.each(parameters)(
      'finds nothing as $name of $procedure.name',
      async ({ procedure, key, name, length }) => {
        expect(Object.keys(key).sort()).toEqual(Object.keys(procedure.parameters).sort())
        expect(await found({ procedure, key })).not.toEqual([])
        for (const text of hostileTexts.filter((each) => each.length <= length)) {
          const rows = await found({ procedure, key: { ...key, [name]: text } })
          expect([text, rows]).toEqual([text, []])
        }
      },
    )
  })
}
