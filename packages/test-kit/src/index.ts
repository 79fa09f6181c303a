export { type AnswerCheck, createAnswerCheck } from './answer-check.ts'
export { attemptsOf } from './attempts.ts'
export { openDeafPort } from './deaf-port.ts'
export { createFaultProxy, type FaultProxy, type WireFault } from './fault-proxy.ts'
export { type Answer, type Call, send } from './http-client.ts'
export { connectRaw, type RawConnection } from './raw-connection.ts'
export { type InvalidCall, invalidCalls, validCalls } from './requests.ts'
export { type SampleOperations, sampleContract, sampleOperations } from './sample-contract.ts'
export {
  type Served,
  serve,
  serveOperations,
  type TestSettings,
  writeTestClients,
} from './serve.ts'
export { createTestLog, type LogLine, type TestLog } from './test-log.ts'
