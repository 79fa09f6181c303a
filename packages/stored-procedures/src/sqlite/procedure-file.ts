import { databaseName, type Procedure } from '../procedure.ts'

/** The one statement that gives a row set. */
export type RowSetStatement = {
  readonly rowSet: string
  readonly sql: string
  /** The parameters that it uses, without the colon. */
  readonly parameters: readonly string[]
}

const introduction = /^-- row set: (\S+)[ \t]*$/m

/** What may look like a statement or a parameter and is none: comments, texts, quoted names. */
const asides =
  /--.*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/g

/**
 * Takes an SQLite procedure apart: a file of queries, each introduced by a line
 * `-- row set: <name>`, that use parameters as `:BusinessStreamId`.
 *
 * Two mistakes would pass in silence at SQLite, and are found here: of two statements in one text
 * it runs the first, and a parameter that nobody gives it is null.
 * @throws {Error} where the file is not as the procedure is described
 */
export function parseProcedureFile(file: string, procedure: Procedure): RowSetStatement[] {
  const [head = '', ...parts] = file.split(introduction)
  if (withoutAsides(head).trim()) throw new Error('a statement stands before the first row set')

  const statements: RowSetStatement[] = []
  for (let at = 0; at < parts.length; at += 2) {
    statements.push(parseStatement(parts[at] ?? '', parts[at + 1] ?? '', procedure))
  }
  const rowSets = statements.map(({ rowSet }) => rowSet).join(', ')
  const described = Object.keys(procedure.rowSets).join(', ')
  if (rowSets !== described) {
    throw new Error(`its row sets are ${rowSets || 'none'}; described are ${described}`)
  }
  return statements
}

function parseStatement(rowSet: string, sql: string, { parameters }: Procedure): RowSetStatement {
  const bare = withoutAsides(sql)
  if (/;[\s;]*[^\s;]/.test(bare)) throw new Error(`row set ${rowSet}: more than one statement`)

  const described = Object.keys(parameters).map((name) => `:${databaseName(name)}`)
  const used = [...new Set(bare.match(/(?<![\w$])[?:@$]\w*/g))]
  const unknown = used.find((parameter) => !described.includes(parameter))
  if (unknown) {
    const known = described.join(', ') || 'none'
    throw new Error(`row set ${rowSet}: uses the parameter ${unknown}; described are ${known}`)
  }
  return { rowSet, sql, parameters: used.map((parameter) => parameter.slice(1)) }
}

function withoutAsides(sql: string): string {
  return sql.replace(asides, ' ')
}
