import { readSettings, serviceSettings } from '@ca/service-kit'
import { z } from 'zod'

/** What can be set, by the environment variable's name. */
export const settings = {
  ...serviceSettings({ port: 8083, managementPort: 9083, answerWithinMs: 8000 }),
  ORDERS_FILE: z.string().describe('Where orders are recorded before RM is asked; made if need be'),
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
