export { readJson, type UpstreamAnswer } from './answer.ts'
export { createSystemApi, type SystemApi } from './system-api.ts'
export { createTokenSource, type TokenSource } from './token-source.ts'
export { createUpstream, type Upstream } from './upstream.ts'
