/**
 * Makes what `docker-compose.yml` needs: `npm run containers:prepare`. What is there already and
 * good stays as it is.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makePasswords, prepareContainers } from './container-files.ts'
import { demoFile } from './preparation.ts'
import { openStateFolder } from './state-folder.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = '.local/containers'

openStateFolder(join(root, folder), 0, prepareContainers).release()
const isNew = makePasswords(join(root, '.env'), join(root, '.env.example'))

process.stdout.write(
  `${folder} holds the certificate, the credentials and the registries of the containers.
.env holds the passwords of their databases${isNew ? '' : ', and was there already'}.

  docker-compose up --build                                                         with SQL Server and Oracle
  docker-compose -f docker-compose.yml -f docker-compose.embedded.yml up --build    without

Call it with: . ${demoFile(folder)}
`,
)
