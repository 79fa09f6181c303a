export { runService } from './run.ts'
export { createService, type Service } from './service.ts'
export {
  databaseSettings,
  readSettings,
  type ServiceSettings,
  serviceSettings,
  type TlsSettings,
  tlsSettings,
} from './settings.ts'
