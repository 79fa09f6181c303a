import { describeOverEngines } from './engines.ts'
import { describePort } from './port-suite.ts'

await describeOverEngines('port', describePort, import.meta.dirname)
