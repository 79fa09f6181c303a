import { DependencyFailure, fault } from '@ca/faults'
import type { Rm } from './rm.ts'

/** Stored scripts, as they come from RM. */
export function createScripts(rm: Rm) {
  return {
    /**
     * @returns the script's bytes as they come, and how many there will be where RM says so
     * @throws {Fault} 70404 where RM has no such script
     */
    async fetch(docStorePageId: string) {
      const answer = await rm.script(docStorePageId).catch((error: unknown) => {
        const isUnknown = error instanceof DependencyFailure && error.status === 404
        throw isUnknown ? fault('70404', { cause: error }) : error
      })
      return { body: answer.body.stream(), length: answer.headers['content-length'] }
    },
  }
}

export type Scripts = ReturnType<typeof createScripts>
