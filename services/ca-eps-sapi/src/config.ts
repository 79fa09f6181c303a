import { databaseSettings, readSettings, serviceSettings } from '@ca/service-kit'
import { z } from 'zod'

/** What can be set, by the environment variable's name. */
export const settings = {
  ...serviceSettings({ port: 8082, managementPort: 9082, answerWithinMs: 8000 }),
  ...databaseSettings(),
  EPS_DATABASE_URL: z.string().default('sqlite:').describe('The EPS database'),
  RM_AUTH: z
    .enum(['on', 'off'])
    .default('on')
    .describe('off: candidate results are answered without asking RM for a token first'),
  RM_URL: z.url().describe('The RM API'),
  RM_CLIENT_ID: z.string().describe('Our credentials at RM'),
  RM_CLIENT_SECRET: z.string().describe('Our credentials at RM'),
}

export type Config = ReturnType<typeof readConfig>

/**
 * @param env the environment, such as `process.env`
 * @throws {Error} in one line that lists every bad setting
 */
export function readConfig(env: Record<string, string | undefined>) {
  return readSettings(settings, env)
}
