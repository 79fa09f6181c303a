/**
 * How Node is told to run a service.
 *
 * Its young heap has 8 MB a half: V8 would let it grow to 64 MB and more while hundreds of downloads
 * run, and keep it (docs/decisions/0018). Its old heap has 512 MB at most, which nothing here comes
 * near to; V8 goes by that limit in how far it lets garbage gather (docs/decisions/0028).
 */
export const nodeFlags = ['--max-semi-space-size=8', '--max-old-space-size=512']
