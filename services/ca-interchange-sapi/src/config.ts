import { databaseSettings, readSettings, serviceSettings } from '@ca/service-kit'
import { z } from 'zod'

/** What can be set, by the environment variable's name. */
export const settings = {
  ...serviceSettings({ port: 8081, managementPort: 9081, answerWithinMs: 8000 }),
  ...databaseSettings(),
  INTERCHANGE_DATABASE_URL: z.string().default('sqlite:').describe('The Interchange database'),
  CI_DIRECT_DATABASE_URL: z.string().default('sqlite:').describe('The CI Direct database'),
}

export type Config = ReturnType<typeof readConfig>

/**
 * @param env the environment, such as `process.env`
 * @throws {Error} in one line that lists every bad setting
 */
export function readConfig(env: Record<string, string | undefined>) {
  return readSettings(settings, env)
}
