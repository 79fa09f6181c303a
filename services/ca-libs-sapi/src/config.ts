import { databaseSettings, readSettings, serviceSettings } from '@ca/service-kit'
import { z } from 'zod'

/** What can be set, by the environment variable's name. */
export const settings = {
  ...serviceSettings({ port: 8084, managementPort: 9084, answerWithinMs: 8000 }),
  ...databaseSettings(),
  LIBS_DATABASE_URL: z.string().default('sqlite:').describe('The LIBS database'),
}

export type Config = ReturnType<typeof readConfig>

/**
 * @param env the environment, such as `process.env`
 * @throws {Error} in one line that lists every bad setting
 */
export function readConfig(env: Record<string, string | undefined>) {
  return readSettings(settings, env)
}
