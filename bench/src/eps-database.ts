import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sessions } from './sessions.ts'

const tables = new URL('../../databases/eps/sqlite/tables.sql', import.meta.url)
const assessmentsASession = 6

/**
 * Makes an EPS database of thousands of sessions, with as many assessments each as a page has.
 * @returns where it is, as `EPS_DATABASE_URL` has it
 */
export function makeEpsDatabase(folder: string): string {
  const path = join(folder, 'eps.db')
  const database = new DatabaseSync(path)
  try {
    // the second service of a run finds it made
    const isMade = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined
    if (!isMade) fill(database)
  } finally {
    database.close()
  }
  return `sqlite:${path}`
}

function fill(database: DatabaseSync): void {
  database.exec('BEGIN')
  database.exec(readFileSync(tables, 'utf8'))
  const session = database.prepare(`INSERT INTO Session VALUES ('04', ?, 'June 2026')`)
  const assessment = database.prepare(
    `INSERT INTO SessionAssessment
     VALUES ('04', ?, ?, 'ISSUED', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z')`,
  )
  for (let i = 0; i < sessions.count; i++) {
    session.run(sessions.first + i)
    for (let n = 0; n < assessmentsASession; n++) {
      assessment.run(sessions.first + i, `R${1000 + n}`)
    }
  }
  database.exec('COMMIT')
}
