import { type Database, type Paging, pageOf } from '@ca/stored-procedures'
import { getCiQuestionPapers, getOcrQuestionPapers } from './procedures.ts'

type Key = {
  sessionId: number
  assessmentCode: string
  assessmentVersion?: string
  componentId?: string
}

/** The question papers that LIBS has, by business stream: `01` OCR, `02` Cambridge International. */
export function createQuestionPapers(libs: Database) {
  const procedures = { '01': getOcrQuestionPapers, '02': getCiQuestionPapers }
  return {
    async find(businessStreamId: keyof typeof procedures, key: Key, paging: Paging) {
      return pageOf(await libs.call(procedures[businessStreamId], { ...key, ...paging }), paging)
    },
  }
}

export type QuestionPapers = ReturnType<typeof createQuestionPapers>
