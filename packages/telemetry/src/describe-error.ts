type ErrorDescription = {
  type: string
  message: string
  code?: string
  stack?: string
  cause?: unknown
}

/** What other systems say of themselves may be of any length. In UTF-16 code units. */
const longestText = 4000

/** Chains of causes longer than this are cut: an error that causes itself would have no end. */
const longestChain = 6

/**
 * What a log line says of an error: type, message, code, stack and causes. The other properties
 * stay out, because HTTP clients and drivers hang whole requests on their errors, secrets included.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription | string {
  if (!isError(error)) return isObject(error) ? 'an object that is no error' : cut(String(error))
  const { name, message, code, stack } = error
  const causes = depth < longestChain ? causesOf(error) : []
  const described = causes.map((cause) => describeError(cause, depth + 1))
  return {
    type: cut(name),
    message: cut(message),
    ...(typeof code === 'string' && { code: cut(code) }),
    ...(typeof stack === 'string' && { stack: cut(stack) }),
    ...(described.length > 0 && { cause: described.length === 1 ? described[0] : described }),
  }
}

function cut(text: string): string {
  const over = text.length - longestText
  return over > 0 ? `${text.slice(0, longestText)}… (${over} more)` : text
}

type ErrorLike = {
  name: string
  message: string
  code?: unknown
  stack?: unknown
  cause?: unknown
  errors?: unknown
}

/** What looks like an error is told like one: it may have been made in another realm. */
function isError(value: unknown): value is ErrorLike {
  return (
    isObject(value) &&
    'name' in value &&
    typeof value.name === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** The errors that an aggregate has gathered, then the cause. */
function causesOf({ errors, cause }: ErrorLike): unknown[] {
  return [...(Array.isArray(errors) ? errors : []), ...(cause === undefined ? [] : [cause])]
}
