import { z } from 'zod'

const port = wholeNumber(0, 65_535)

/**
 * The settings that every service has; a service's `config.ts` adds its own.
 * @param defaults the ports that the service has in the local landscape, and its time for an
 *   answer in milliseconds: 10 s for an experience API, 8 s for a system API
 */
export function serviceSettings(defaults: {
  port: number
  managementPort: number
  answerWithinMs: number
}) {
  return {
    PORT: port.default(defaults.port).describe('Port of the API; 0 takes a free one'),
    HOST: z.string().default('127.0.0.1').describe('Address that the API listens on'),
    MANAGEMENT_PORT: port.default(defaults.managementPort).describe('Port of health and metrics'),
    MANAGEMENT_HOST: z
      .string()
      .default('127.0.0.1')
      .describe('Address that health and metrics listen on'),
    BASE_PATH: z
      .string()
      .regex(
        /^(\/(?!\.{1,2}(\/|$))[\w.~-]+)*$/,
        'must be empty or like /ca-results-qa1, with no slash at its end',
      )
      .default('')
      .describe('What stands before /v1 and /api/v1 in every path'),
    ANSWER_WITHIN_MS: wholeNumber(100, 600_000)
      .default(defaults.answerWithinMs)
      .describe('The longest that an answer may take'),
    REQUESTS_AT_ONCE: wholeNumber(1, 1_000_000)
      .default(4000)
      .describe('The most requests under way at once; those above it are told 503 at once'),
    CLIENTS_FILE: z.string().describe('Registry of the clients that may call'),
    DOCS: z
      .enum(['on', 'off'])
      .default('on')
      .describe('off: no interactive reference at /docs and no contract at /openapi.yaml'),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info')
      .describe('Lines below this level are not written'),
  }
}

/** The settings of a service that faces consumers, and so speaks HTTPS unless told otherwise. */
export function tlsSettings() {
  return {
    TLS: z.enum(['on', 'off']).default('on').describe('off: plain HTTP, behind something with TLS'),
    TLS_CERT_FILE: z.string().optional().describe('PEM file of the certificate and its chain'),
    TLS_KEY_FILE: z.string().optional().describe('PEM file of the private key'),
  }
}

/** The settings of a service that calls databases: for each of them, and for each process alone. */
export function databaseSettings() {
  return {
    DATABASE_POOL_SIZE: wholeNumber(1, 1000)
      .default(10)
      .describe('The most connections that are kept to a database'),
    DATABASE_CONNECT_WITHIN_MS: wholeNumber(100, 60_000)
      .default(2000)
      .describe('The longest that making a connection to a database may take'),
    DATABASE_QUEUE_WITHIN_MS: wholeNumber(10, 60_000)
      .default(1000)
      .describe('The longest that a call waits for a connection while all are in use'),
    DATABASE_ANSWER_WITHIN_MS: wholeNumber(100, 600_000)
      .default(5000)
      .describe('The longest that one attempt at a procedure may take'),
  }
}

export type ServiceSettings = z.infer<z.ZodObject<ReturnType<typeof serviceSettings>>>
export type TlsSettings = z.infer<z.ZodObject<ReturnType<typeof tlsSettings>>>

/**
 * Reads a service's settings, each once.
 * @param shape what there is to set, by the environment variable's name
 * @param env the environment; an empty value counts as none
 * @throws {Error} in one line that lists everything wrong, not only the first
 */
export function readSettings<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Record<string, string | undefined>,
): z.infer<z.ZodObject<Shape>> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name in shape && value !== ''),
  )
  const parsed = z.object(shape).safeParse(given)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path: [name], message }) =>
    given[String(name)] === undefined
      ? `${String(name)} is not set (${describe(shape, String(name))})`
      : `${String(name)}: ${message}`,
  )
  throw new Error(`bad settings: ${issues.join('; ')}`)
}

/** In plain decimal digits: `0x50` and `1e3` are slips, not numbers. */
function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^[0-9]{1,9}$/, 'must be plain decimal digits')
    .transform(Number)
    .pipe(z.number().min(least).max(most))
}

function describe(shape: z.ZodRawShape, name: string): string {
  return (shape[name] as z.ZodType | undefined)?.description ?? 'required'
}
