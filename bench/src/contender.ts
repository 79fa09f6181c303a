import type { ManagedProcess } from './managed-process.ts'
import type { RunningService } from './service.ts'
import type { Site } from './site.ts'

/** Something that stands between a caller and the upstream. */
export type Contender = {
  readonly name: string
  /** Why it cannot take part on this machine, if so. */
  readonly missing?: (site: Site) => string | undefined
  /** @throws {Error} when it does not start */
  readonly start: (site: Site) => Promise<Standing>
}

/** A contender that runs. */
export type Standing = {
  /** `http://127.0.0.1:8443`. */
  readonly origin: string
  /** What a request to it must carry. */
  readonly headers: Readonly<Record<string, string>>
  /** Its own processes, whose CPU and memory count. */
  readonly processes: readonly ManagedProcess[]
  /** Our services among them, by their names. */
  readonly services?: Readonly<Record<string, RunningService>>
}
