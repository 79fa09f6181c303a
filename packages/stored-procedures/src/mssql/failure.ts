import { DependencyFailure } from '@ca/faults'
import sql from 'mssql'

/**
 * The numbers of `THROW` and `RAISERROR`, which a procedure chooses itself. They may be larger, but
 * up there are also those of servers that only speak SQL Server's language.
 */
const ownNumbers = { from: 50_000, below: 1_000_000 }
/** From here on the server ends the connection with the error. */
const firstFatalClass = 20

/** Errors of the server that pass: the same call, made again, may well be answered. */
const passing = new Map<unknown, string>([
  [1205, 'the server chose it to end a deadlock'],
  [1222, 'a lock was not given in time'],
])

/** What the driver says when it finds its own caller at fault, before anything is sent. */
const misuse: readonly unknown[] = ['EARGS', 'EDUPEPARAM', 'EINJECT', 'EPARAM']

/**
 * What the failure of a call means. There is more to read in its cause, for the log: the message of
 * an SQL error may well quote what was asked.
 * @param name the database's
 * @param error as the driver threw it
 */
export function asFailure(name: string, error: unknown): DependencyFailure {
  const failure = (
    way: DependencyFailure['way'],
    what: string,
    repeat?: DependencyFailure['repeat'],
  ) => new DependencyFailure(name, way, what, { repeat, cause: error })

  // Who has a connection gets a RequestError. ELOGIN is among the others, and is tried again: it
  // is a wrong password as well as a server that is only just starting.
  if (!(error instanceof sql.RequestError)) {
    return failure('unreachable', `no connection (${codeOf(error)})`, 'any')
  }
  if (misuse.includes(error.code)) return failure('failed', `the driver refuses it (${error.code})`)

  const told = toldByServer(error)
  if (!told) return failure('unreachable', `the connection broke (${error.code})`, 'reads')
  const own = errorsIn(error).find(isOwn)
  if (own) return failure('refused', `error ${own.number}, state ${own.state}`)
  const passes = passing.get(told.number)
  if (passes) return failure('unreachable', passes, 'reads')
  const what = `error ${told.number}, class ${told.class}, state ${told.state}`
  if (isFatal(told)) return failure('unreachable', what, 'reads')
  return failure('failed', what)
}

/** Whether the server has answered with this error, or that it has cancelled, and goes on. */
export function isAnswer(error: unknown): boolean {
  if (!(error instanceof sql.RequestError)) return false
  const told = toldByServer(error)
  if (told) return !isFatal(told)
  return error.code === 'ECANCEL'
}

/** The error that the server told last; none where the connection broke. */
function toldByServer(error: sql.RequestError): sql.RequestError | undefined {
  const told = errorsIn(error).find((each) => !isRepetition(each))
  return typeof told?.number === 'number' ? told : undefined
}

/** Whether the driver says once more, without a number, what the server said. */
function isRepetition({ number, originalError }: sql.RequestError): boolean {
  return (number as unknown) === 'EREQUEST' || originalError instanceof AggregateError
}

/** The last one first. */
function errorsIn(error: sql.RequestError): sql.RequestError[] {
  const { precedingErrors = [] } = error as { precedingErrors?: sql.RequestError[] }
  return [error, ...precedingErrors.toReversed()]
}

function isOwn({ number }: sql.RequestError): boolean {
  return Number(number) >= ownNumbers.from && Number(number) < ownNumbers.below
}

function isFatal({ class: severity }: sql.RequestError): boolean {
  return Number(severity) >= firstFatalClass
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? (error as Error).name)
}
