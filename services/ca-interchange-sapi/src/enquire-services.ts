import { type Database, type Paging, pageOf } from '@ca/stored-procedures'
import { ciDirectProcedures, interchangeProcedures } from './procedures.ts'

type OfCentres = { sessionId: number; centreId?: string }

/**
 * What can be enquired about.
 * @param interchange OCR's database
 * @param ciDirect Cambridge International's database
 */
export function createEnquireServices(interchange: Database, ciDirect: Database) {
  return {
    async ofOcr(key: OfCentres & { qualificationGroupId: number }, paging: Paging) {
      const answer = await interchange.call(interchangeProcedures.getEnquireServices, {
        ...key,
        ...paging,
      })
      const { items, page } = pageOf(answer, paging)
      return {
        items: items.map((item) => ({ ...item, componentIds: item.componentIds.split(',') })),
        page,
      }
    },

    /** Seed 002: which date is asked for decides which procedure is called. */
    async ofCi(key: OfCentres, resultDateType: 'issue' | 'release', paging: Paging) {
      const { centreWiseEmbargoInfo, resultReleaseDateValidation } = ciDirectProcedures
      const procedure =
        resultDateType === 'issue' ? centreWiseEmbargoInfo : resultReleaseDateValidation
      return pageOf(await ciDirect.call(procedure, { ...key, ...paging }), paging)
    },
  }
}

export type EnquireServices = ReturnType<typeof createEnquireServices>
