import { fault } from '@ca/faults'
import { type Database, type Paging, pageOf } from '@ca/stored-procedures'
import type { TokenSource } from '@ca/upstream'
import {
  getCandidateResultStatus,
  getResultEnquiryStatus,
  getSessionResultStatus,
} from './procedures.ts'

type SessionKey = { businessStreamId: string; sessionId: number }
type CandidateKey = SessionKey & {
  centreId: string
  candidateNumber: string
  assessmentCode: string
}
type ComponentKey = CandidateKey & { componentId: string }

/**
 * Where results stand, as EPS knows it.
 * @param eps the EPS database
 * @param rm where RM's tokens come from; without it RM is not asked
 */
export function createResultStatus(eps: Database, rm: TokenSource | undefined) {
  return {
    /** Seed 002: the RM AUTH API comes first, and only with its token is the procedure run. */
    async ofCandidate(key: CandidateKey) {
      await rm?.token()
      const { results } = await eps.call(getCandidateResultStatus, key)
      const [result] = results
      if (!result) throw fault('70404')
      return result
    },

    /** A component that the candidate does not have is not found; one nobody asked about has no enquiries. */
    async ofEnquiries(key: ComponentKey) {
      const { component, enquiries } = await eps.call(getResultEnquiryStatus, key)
      if (component.length === 0) throw fault('70404')
      return { ...key, enquiries }
    },

    async ofSession(key: SessionKey, paging: Paging) {
      return pageOf(await eps.call(getSessionResultStatus, { ...key, ...paging }), paging)
    },
  }
}

export type ResultStatus = ReturnType<typeof createResultStatus>
