import { z } from 'zod'

function decimal(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,10}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least).max(most))
}

const environment = z.object({
  HOST: z.string().min(1, 'must not be empty').default('127.0.0.1'),
  PORT: decimal(0, 65_535).default(8090),
  RM_CLIENT_ID: z.string().min(1, 'must not be empty'),
  RM_CLIENT_SECRET: z.string().min(1, 'must not be empty'),
  // Our services do not keep a token whose last 10 s have begun. With this default every use asks
  // RM afresh, and an RM that is down shows at once; 3600, as at the real RM, shows one kept.
  TOKEN_SECONDS: decimal(1, 86_400).default(10),
  // SQLite's word for no file at all: the orders end with the process
  ORDERS_FILE: z.string().min(1, 'must not be empty').default(':memory:'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

export type Config = {
  readonly host: string
  readonly port: number
  readonly logLevel: string
  /** The one client that this RM knows. */
  readonly client: { readonly id: string; readonly secret: string }
  readonly tokenSeconds: number
  /** The SQLite file that keeps the orders, or `:memory:`. */
  readonly ordersFile: string
}

/**
 * Reads the settings.
 * @throws an error that names every setting that is missing or out of form, and no value
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = environment.safeParse(env)
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0])
      return env[name] === undefined ? `${name} is not set` : `${name}: ${message}`
    })
    throw new Error(`bad settings: ${issues.join('; ')}`)
  }
  const settings = parsed.data
  return {
    host: settings.HOST,
    port: settings.PORT,
    logLevel: settings.LOG_LEVEL,
    client: { id: settings.RM_CLIENT_ID, secret: settings.RM_CLIENT_SECRET },
    tokenSeconds: settings.TOKEN_SECONDS,
    ordersFile: settings.ORDERS_FILE,
  }
}
