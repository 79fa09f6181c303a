import { join } from 'node:path'
import { keepRegistry } from './client-registry.ts'
import { keepCredentials } from './credentials.ts'
import { demoEnv } from './demo-env.ts'
import { keepDevelopmentCa } from './development-ca.ts'
import { addressOf, demoClient, type Landscape, type ProcessRow } from './landscape.ts'
import { makePrivateFolder, writePrivately } from './private-file.ts'

/** The file with which a person or a script calls the landscape of a state folder. */
export function demoFile(folder: string): string {
  return join(folder, 'demo.env')
}

/**
 * Makes and keeps in the folder what a landscape needs: CA and certificate, credentials, a registry
 * for each service, `demo.env`. Every start does it, and changes only what is missing, near its end
 * or, as addresses can be, out of date.
 * @param processes all of them, whether this start is theirs or not
 * @param given the environment that `npm start` was given
 */
export function prepareLandscape(
  folder: string,
  processes: readonly ProcessRow[],
  given: NodeJS.ProcessEnv,
): Landscape {
  const registries = join(folder, 'clients')
  makePrivateFolder(registries)
  const data = join(folder, 'data')
  makePrivateFolder(data)
  const landscape: Landscape = {
    processes,
    ca: keepDevelopmentCa(folder),
    credentialsOf: keepCredentials(folder),
    registryFileOf: (name) => join(registries, `${name}.json`),
    dataFile: (name) => join(data, name),
    given,
  }

  for (const { name, clients } of processes) {
    if (clients) keepRegistry(landscape.registryFileOf(name), clients, landscape.credentialsOf)
  }
  const demo = landscape.credentialsOf(demoClient.clientId)
  writePrivately(
    demoFile(folder),
    demoEnv({
      RESULTS_API: `${addressOf('ca-results-xapi', processes)}${given.BASE_PATH ?? ''}`,
      CLIENT_ID: demo.clientId,
      CLIENT_SECRET: demo.clientSecret,
      CA_FILE: landscape.ca.authorityFile,
    }),
  )
  return landscape
}
