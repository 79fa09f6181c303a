import { readSettings, serviceSettings, tlsSettings } from '@ca/service-kit'
import { z } from 'zod'

/** What can be set, by the environment variable's name. */
export const settings = {
  ...serviceSettings({ port: 8443, managementPort: 9443, answerWithinMs: 10_000 }),
  ...tlsSettings(),
  INTERCHANGE_SAPI_URL: z.url().describe('ca-interchange-sapi'),
  EPS_SAPI_URL: z.url().describe('ca-eps-sapi'),
  RM_SAPI_URL: z.url().describe('ca-rm-sapi'),
  LIBS_SAPI_URL: z.url().describe('ca-libs-sapi'),
  SAPI_CLIENT_ID: z.string().describe('Our credentials at the system APIs'),
  SAPI_CLIENT_SECRET: z.string().describe('Our credentials at the system APIs'),
}

export type Config = ReturnType<typeof readConfig>

/**
 * @param env the environment, such as `process.env`
 * @throws {Error} in one line that lists every bad setting
 */
export function readConfig(env: Record<string, string | undefined>) {
  return readSettings(settings, env)
}
